/** Agents on the network: over a WebSocket, or over requests where something breaks those. */
@NullMarked
package dev.windrow.api.agent;

import org.jspecify.annotations.NullMarked;
