/** Counts and thresholds of a job; pure. */
@NullMarked
package dev.windrow.engine.tally;

import org.jspecify.annotations.NullMarked;
