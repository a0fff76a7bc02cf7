package dev.windrow.runtime.host;

import dev.windrow.store.register.RegisteredDatastore;
import java.nio.file.Path;

/**
 * A datastore as it is now.
 *
 * @param location its folder on this machine
 * @param usual whether it is the default one
 */
public record DatastoreView(RegisteredDatastore datastore, Path location, boolean usual) {}
