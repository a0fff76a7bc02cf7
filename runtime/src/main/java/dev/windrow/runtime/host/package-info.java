/** Runs the jobs of a server: takes them in, lets them wait for room, and says how they are. */
@NullMarked
package dev.windrow.runtime.host;

import org.jspecify.annotations.NullMarked;
