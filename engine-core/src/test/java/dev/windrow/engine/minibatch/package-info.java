/** Every state of a mini-batch against every event. */
@NullMarked
package dev.windrow.engine.minibatch;

import org.jspecify.annotations.NullMarked;
