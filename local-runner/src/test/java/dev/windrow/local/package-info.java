@NullMarked
package dev.windrow.local;

import org.jspecify.annotations.NullMarked;
