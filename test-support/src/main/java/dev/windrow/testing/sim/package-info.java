/** A world in which time, disk, network, instances and scripts are simulated from one seed. */
@NullMarked
package dev.windrow.testing.sim;

import org.jspecify.annotations.NullMarked;
