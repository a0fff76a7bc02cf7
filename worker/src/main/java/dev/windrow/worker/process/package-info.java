/** Worker processes: started, spoken to over pipes, killed with everything they began. */
@NullMarked
package dev.windrow.worker.process;

import org.jspecify.annotations.NullMarked;
