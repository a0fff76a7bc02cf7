/** The job loop through restarts, against the simulated ledger. */
@NullMarked
package dev.windrow.testing.sim;

import org.jspecify.annotations.NullMarked;
