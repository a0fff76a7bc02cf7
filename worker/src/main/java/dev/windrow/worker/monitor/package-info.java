/** What an instance notes about itself: its log, its use of the machine, bounds on output. */
@NullMarked
package dev.windrow.worker.monitor;

import org.jspecify.annotations.NullMarked;
