package dev.windrow.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server's own machine, as it was when the server was asked; in every workspace. */
public final class LocalCompute implements Compute {
    private final ComputeClient computes;
    private final ComputeDocument document;

    LocalCompute(ComputeClient computes, ComputeDocument document) {
        this.computes = computes;
        this.document = document;
    }

    @Override
    public String id() {
        return document.needed("id");
    }

    @Override
    public String name() {
        return document.needed("name");
    }

    @Override
    public String type() {
        return "local";
    }

    @Override
    public Optional<String> description() {
        return ComputeDocument.text(document.properties().get("description"));
    }

    @Override
    public Map<String, String> tags() {
        return document.tags();
    }

    @Override
    public ProvisioningState provisioningState() {
        return document.state();
    }

    @Override
    public ComputeStatus getStatus() {
        return computes.status(name());
    }

    @Override
    public Map<String, @Nullable Object> document() {
        return document.root();
    }

    @Override
    public List<ComputeQuota> quota() {
        return computes.quota(name());
    }

    @Override
    public String toString() {
        return "LocalCompute[" + id() + "]";
    }
}
