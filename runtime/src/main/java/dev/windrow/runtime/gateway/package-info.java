/** Between agents' messages and the engine's events, whatever carries the messages. */
@NullMarked
package dev.windrow.runtime.gateway;

import org.jspecify.annotations.NullMarked;
