/** Python environments that are made for a job, once on each disk, before its workers start. */
@NullMarked
package dev.windrow.worker.environment;

import org.jspecify.annotations.NullMarked;
