/** The agent as the main process of a pod. */
@NullMarked
package dev.windrow.worker.pod;

import org.jspecify.annotations.NullMarked;
