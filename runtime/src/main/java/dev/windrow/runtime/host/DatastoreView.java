package dev.windrow.runtime.host;

import dev.windrow.runtime.compute.StorePlace;
import dev.windrow.store.register.RegisteredDatastore;

/**
 * A datastore as it is now.
 *
 * @param location where its files are
 * @param usual whether it is the default one
 */
public record DatastoreView(RegisteredDatastore datastore, StorePlace location, boolean usual) {}
