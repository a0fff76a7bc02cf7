/** Tests of planning and publishing beside the agent. */
@NullMarked
package dev.windrow.worker.side;

import org.jspecify.annotations.NullMarked;
