/** How an agent knows that a server is the one it was sent to. */
@NullMarked
package dev.windrow.protocol.tls;

import org.jspecify.annotations.NullMarked;
