/** The loop that runs one job: one writer, steppable, driven by events and ticks. */
@NullMarked
package dev.windrow.engine.schedule;

import org.jspecify.annotations.NullMarked;
