/** An agent that is a process of its own and speaks with the engine over its standard streams. */
@NullMarked
package dev.windrow.worker.remote;

import org.jspecify.annotations.NullMarked;
