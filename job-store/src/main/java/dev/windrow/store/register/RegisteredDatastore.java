package dev.windrow.store.register;

import java.util.Optional;

/**
 * A datastore as the register has it.
 *
 * @param path absolute folder; empty for one below the home
 */
public record RegisteredDatastore(
        String workspace,
        String name,
        String kind,
        Optional<String> path,
        Optional<String> description,
        Trace trace) {}
