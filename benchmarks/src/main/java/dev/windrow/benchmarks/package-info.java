/**
 * Runs of the real engine, ledger, agent and workers with something watched or added in between.
 */
@NullMarked
package dev.windrow.benchmarks;

import org.jspecify.annotations.NullMarked;
