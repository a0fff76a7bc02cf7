package dev.windrow.runtime.transfer;

import dev.windrow.runtime.compute.StorePlace;
import dev.windrow.store.register.ComputeKey;
import java.util.Optional;
import java.util.Properties;

/**
 * A folder of a volume that is to be removed.
 *
 * @param compute whose pods see the volume
 * @param place below the datastore, at least two folders deep
 */
public record VolumeRemoval(ComputeKey compute, StorePlace store, String place) {

    Properties fields() {
        Properties fields = new Properties();
        fields.setProperty("workspace", compute.workspace());
        fields.setProperty("compute", compute.name());
        fields.setProperty("store", store.text());
        fields.setProperty("place", place);
        return fields;
    }

    /** What such fields say; empty when they are damaged. */
    static Optional<VolumeRemoval> of(Properties fields) {
        String workspace = fields.getProperty("workspace");
        String compute = fields.getProperty("compute");
        String store = fields.getProperty("store");
        String place = fields.getProperty("place");
        return workspace == null || compute == null || store == null || place == null
                ? Optional.empty()
                : Optional.of(
                        new VolumeRemoval(
                                new ComputeKey(workspace, compute), StorePlace.of(store), place));
    }
}
