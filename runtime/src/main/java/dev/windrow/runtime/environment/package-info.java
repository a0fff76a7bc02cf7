/** Environments that one agent of a job makes for all agents of that job, kept until it ends. */
@NullMarked
package dev.windrow.runtime.environment;

import org.jspecify.annotations.NullMarked;
