/** Counting and limits. */
@NullMarked
package dev.windrow.engine.tally;

import org.jspecify.annotations.NullMarked;
