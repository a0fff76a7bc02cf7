package dev.windrow.runtime.compute;

import java.util.UUID;

/**
 * An agent beside a volume that a server wants.
 *
 * @param id of the agent, unique
 * @param store the datastore that it is to see; no folder of this machine
 * @param token that is worth nothing but this agent's orders
 * @param writes whether it may change what is there
 */
public record VolumeOrder(UUID id, StorePlace store, String token, boolean writes) {

    public VolumeOrder {
        if (store instanceof StorePlace.Folder) {
            throw new IllegalArgumentException(
                    "store: %s (expected: a volume)".formatted(store.text()));
        }
    }
}
