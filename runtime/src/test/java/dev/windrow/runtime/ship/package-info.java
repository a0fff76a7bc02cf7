@NullMarked
package dev.windrow.runtime.ship;

import org.jspecify.annotations.NullMarked;
