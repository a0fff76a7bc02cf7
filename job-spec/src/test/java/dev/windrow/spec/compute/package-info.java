@NullMarked
package dev.windrow.spec.compute;

import org.jspecify.annotations.NullMarked;
