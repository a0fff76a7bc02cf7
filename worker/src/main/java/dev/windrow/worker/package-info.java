/** The agent: takes leases, drives workers, moves data, reports. */
@NullMarked
package dev.windrow.worker;

import org.jspecify.annotations.NullMarked;
