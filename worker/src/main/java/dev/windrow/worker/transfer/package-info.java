/** A short-lived agent that lists, sends and removes files of a volume for a server. */
@NullMarked
package dev.windrow.worker.transfer;

import org.jspecify.annotations.NullMarked;
