/** What can go wrong, and whose fault it is. */
@NullMarked
package dev.windrow.engine.error;

import org.jspecify.annotations.NullMarked;
