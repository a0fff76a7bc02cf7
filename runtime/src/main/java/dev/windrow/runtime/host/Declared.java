package dev.windrow.runtime.host;

import dev.windrow.runtime.host.DatastoreHost.Wanted;
import dev.windrow.spec.compute.AttachDocument;
import java.util.List;

/** What the workspace {@code default} of a server is to have from its start on. */
public record Declared(List<Compute> computes, List<Datastore> datastores) {

    /** Nothing. */
    public static final Declared NOTHING = new Declared(List.of(), List.of());

    public Declared {
        computes = List.copyOf(computes);
        datastores = List.copyOf(datastores);
    }

    /** A compute, and what it is attached with. */
    public record Compute(String name, AttachDocument document) {}

    /** A datastore, and what it means. */
    public record Datastore(String name, Wanted wanted) {}
}
