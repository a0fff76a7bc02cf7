package dev.windrow.runtime.transfer;

import dev.windrow.runtime.compute.StorePlace;
import dev.windrow.store.register.ComputeKey;

/**
 * What one agent serves.
 *
 * @param compute whose pods see the volume
 * @param writes whether it may change what is there
 */
record VolumeKey(ComputeKey compute, StorePlace store, boolean writes) {}
