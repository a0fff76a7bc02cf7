/** Logs that agents bring who do not see the job's folder. */
@NullMarked
package dev.windrow.runtime.ship;

import org.jspecify.annotations.NullMarked;
