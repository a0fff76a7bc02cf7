@NullMarked
package dev.windrow.store;

import org.jspecify.annotations.NullMarked;
