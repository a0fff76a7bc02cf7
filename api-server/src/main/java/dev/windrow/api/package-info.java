/** REST and event streams over a job host: starts, secures and stops the server. */
@NullMarked
package dev.windrow.api;

import org.jspecify.annotations.NullMarked;
