/** What a server says to agents of a job that make one environment for all of them. */
@NullMarked
package dev.windrow.protocol.environment;

import org.jspecify.annotations.NullMarked;
