package dev.windrow.runtime;

import dev.windrow.engine.store.JobRow;
import java.util.Optional;

/**
 * A job below the home.
 *
 * @param row as its ledger has it
 * @param owner pid of the process that runs it now; empty when nobody does
 */
public record JobEntry(JobRow row, Optional<String> owner) {}
