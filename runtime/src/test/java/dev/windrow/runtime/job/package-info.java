/** Tests of the thread that drives a job, and of what is in its folder. */
@NullMarked
package dev.windrow.runtime.job;

import org.jspecify.annotations.NullMarked;
