package dev.windrow.client;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that is attached. What it tells is as of the last time the server was asked: by whoever
 * gave this handle, or by {@link #refreshState}, {@link #getStatus}, {@link #detach} or {@link
 * #waitForCompletion()}. For any number of threads.
 */
public final class KubernetesCompute implements Compute {
    private static final List<String> POD_TERMS =
            List.of("tolerations", "priorityClass", "queue", "imagePullSecrets", "serviceAccount");

    private final ComputeClient computes;
    private volatile ComputeDocument last;

    KubernetesCompute(ComputeClient computes, ComputeDocument document) {
        this.computes = computes;
        this.last = document;
    }

    /**
     * Asks for the compute of that name; {@link Compute#of} takes any class.
     *
     * @throws ComputeException NOT_FOUND, or INVALID when it is of another class
     */
    public static KubernetesCompute of(Workspace workspace, String name) {
        return workspace.computes().kubernetes(name);
    }

    /**
     * Gives what to attach a cluster with, checked; the parameters are those of Azure's SDK.
     *
     * @param resourceId Azure's id of a cluster, {@code context:NAME}, or {@code in-cluster}
     * @param namespace {@code default} when it is null
     * @param identityType {@code SystemAssigned}, {@code UserAssigned}, or null for none
     * @param identityIds only with {@code UserAssigned}, then at least one
     * @throws ComputeException with every broken rule
     */
    public static AttachConfiguration attachConfiguration(
            @Nullable String resourceId,
            @Nullable String namespace,
            @Nullable String identityType,
            @Nullable List<String> identityIds) {
        AttachConfiguration.Builder builder = AttachConfiguration.builder();
        Optional.ofNullable(resourceId).ifPresent(builder::resourceId);
        Optional.ofNullable(namespace).ifPresent(builder::namespace);
        Optional.ofNullable(identityType).ifPresent(builder::identityType);
        Optional.ofNullable(identityIds).ifPresent(builder::identityIds);
        return builder.build();
    }

    /**
     * Attaches a cluster, as {@link ComputeClient#attach} does; returns before that has come to an
     * end.
     */
    public static KubernetesCompute attach(
            Workspace workspace, String name, AttachConfiguration configuration) {
        return workspace.computes().attach(name, configuration);
    }

    /**
     * Gives a compute that {@link #serialize} has written, without asking a server.
     *
     * @throws ComputeException INVALID with every key that is missing, with code {@code
     *     WRONG_WORKSPACE} when it is of another workspace
     */
    public static KubernetesCompute deserialize(
            Workspace workspace, Map<String, ? extends @Nullable Object> document) {
        SerializedCompute.check(workspace.name(), document);
        Map<String, @Nullable Object> named = new LinkedHashMap<>(document);
        String id = String.valueOf(document.get("id"));
        named.put("name", id.substring(id.lastIndexOf('/') + 1));
        return new KubernetesCompute(workspace.computes(), new ComputeDocument(named));
    }

    @Override
    public String id() {
        return last.needed("id");
    }

    @Override
    public String name() {
        return last.needed("name");
    }

    @Override
    public String type() {
        return "kubernetes";
    }

    /** Gives where the server has it. */
    public String location() {
        return last.text("location").orElse("local");
    }

    @Override
    public Optional<String> description() {
        return property("description");
    }

    @Override
    public Map<String, String> tags() {
        return last.tags();
    }

    @Override
    public ProvisioningState provisioningState() {
        return last.state();
    }

    /** Gives why it is Failed. */
    public List<ComputeFault> provisioningErrors() {
        return last.errors();
    }

    /** Gives when it was attached. */
    public Optional<Instant> createdOn() {
        return last.moment("createdOn");
    }

    /** Gives when it was changed last. */
    public Optional<Instant> modifiedOn() {
        return last.moment("modifiedOn");
    }

    /** Gives which cluster it is. */
    public Optional<String> clusterResourceId() {
        return property("resourceId");
    }

    /** Gives where the cluster is, when it could be looked at. */
    public Optional<String> clusterLocation() {
        return property("computeLocation");
    }

    /** Gives the namespace that jobs run in. */
    public String namespace() {
        return ComputeDocument.text(last.inner().get("namespace")).orElse("default");
    }

    /** Gives the instance type of jobs that ask for none. */
    public Optional<String> defaultInstanceType() {
        return ComputeDocument.text(last.inner().get("defaultInstanceType"));
    }

    /** Gives the instance types by name, each as Azure writes it. */
    public Map<String, Object> instanceTypes() {
        Map<String, Object> types = new LinkedHashMap<>();
        SerializedCompute.map(last.inner().get("instanceTypes"))
                .forEach((name, type) -> types.put(String.valueOf(name), type));
        return Collections.unmodifiableMap(types);
    }

    /**
     * Gives the terms of its pods as they were given: {@code tolerations}, {@code priorityClass},
     * {@code queue}, {@code imagePullSecrets} and {@code serviceAccount}, as far as there are any.
     */
    public Map<String, Object> podTerms() {
        Map<String, Object> terms = new LinkedHashMap<>();
        for (String key : POD_TERMS) {
            Object term = last.inner().get(key);
            if (term != null) {
                terms.put(key, term);
            }
        }
        return Collections.unmodifiableMap(terms);
    }

    /** Gives the kind of identity its jobs have. */
    public Optional<String> identityType() {
        return ComputeDocument.text(identity().get("type"));
    }

    /** Gives the user's identities its jobs have. */
    public List<String> identityIds() {
        return SerializedCompute.map(identity().get("userAssignedIdentities")).keySet().stream()
                .map(String::valueOf)
                .toList();
    }

    private Map<?, ?> identity() {
        return SerializedCompute.map(last.root().get("identity"));
    }

    /** Gives whether it was attached; always so. */
    public boolean isAttached() {
        return true;
    }

    private Optional<String> property(String key) {
        return ComputeDocument.text(last.properties().get(key));
    }

    /** Asks the server for its document; empty when it is not there any more. */
    public Optional<Map<String, @Nullable Object>> get() {
        return computes.find(name()).map(ComputeDocument::root);
    }

    /** Asks the server how it is, and refreshes what this handle tells. */
    @Override
    public ComputeStatus getStatus() {
        refreshState();
        return computes.status(name());
    }

    @Override
    public Map<String, @Nullable Object> document() {
        return last.root();
    }

    @Override
    public List<ComputeQuota> quota() {
        return computes.quota(name());
    }

    /**
     * Asks the server for all that this handle tells.
     *
     * @throws ComputeException NOT_FOUND
     */
    public KubernetesCompute refreshState() {
        last = computes.fetch(name());
        return this;
    }

    /** Gives what {@link #deserialize} reads, with the keys that Azure's SDK writes. */
    public Map<String, @Nullable Object> serialize() {
        ComputeDocument now = last;
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        for (String key :
                List.of(
                        "computeType",
                        "computeLocation",
                        "description",
                        "resourceId",
                        "provisioningErrors",
                        "provisioningState",
                        "properties",
                        "status")) {
            properties.put(key, now.properties().get(key));
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        for (String key : List.of("id", "name", "tags", "location", "identity")) {
            document.put(key, now.root().get(key));
        }
        document.put("properties", Collections.unmodifiableMap(properties));
        return Collections.unmodifiableMap(document);
    }

    /** Takes the cluster away, as {@link ComputeClient#detach(String)} does. */
    public KubernetesCompute detach() {
        return detached(computes.detach(name()));
    }

    /** Takes the cluster away by force, as {@link ComputeClient#detachByForce} does. */
    public KubernetesCompute detachByForce() {
        return detached(computes.detachByForce(name()));
    }

    private KubernetesCompute detached(ComputeOperation operation) {
        last = last.passing(ProvisioningState.DELETING, operation.id());
        return this;
    }

    /**
     * Asks for what no server does, as Azure's SDK has it.
     *
     * @throws ComputeException NOT_SUPPORTED, which points to {@link #detach}; NOT_FOUND when it is
     *     gone already
     */
    public void delete() {
        computes.delete(name());
    }

    /** Waits as {@link #waitForCompletion(boolean, Duration)} does, without an end. */
    public void waitForCompletion() {
        waitForCompletion(false, Looking.FOR_EVER);
    }

    /**
     * Blocks until the last operation on it has ended; at once when there is none.
     *
     * @param isDeleteOperation whether it is gone afterwards, so that it is not asked for again
     * @throws ComputeException FAILED with code and message when it has not ended well, TIMED_OUT
     */
    public void waitForCompletion(boolean isDeleteOperation, Duration longest) {
        ComputeWait.quiet(computes).of(this, isDeleteOperation, longest);
    }

    /**
     * Waits as {@link #waitForCompletion(boolean, Duration)} does.
     *
     * @param showOutput is told the states, with a dot for each look between; stays open
     */
    public void waitForCompletion(
            PrintStream showOutput, boolean isDeleteOperation, Duration longest) {
        ComputeWait.printing(computes, showOutput).of(this, isDeleteOperation, longest);
    }

    Optional<String> operation() {
        return last.operation();
    }

    @Override
    public String toString() {
        return "KubernetesCompute[" + id() + ", " + provisioningState() + "]";
    }
}
