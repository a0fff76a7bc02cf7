/** Every state of a job against every event. */
@NullMarked
package dev.windrow.engine.job;

import org.jspecify.annotations.NullMarked;
