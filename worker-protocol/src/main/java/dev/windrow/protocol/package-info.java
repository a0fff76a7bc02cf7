/** What an agent and the engine say to each other, whatever carries it. */
@NullMarked
package dev.windrow.protocol;

import org.jspecify.annotations.NullMarked;
