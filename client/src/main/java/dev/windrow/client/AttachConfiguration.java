package dev.windrow.client;

import dev.windrow.model.compute.Attachment;
import dev.windrow.model.compute.AttachmentParts;
import dev.windrow.model.compute.BrokenRule;
import dev.windrow.model.compute.ClusterCredentials;
import dev.windrow.model.compute.InstanceType;
import dev.windrow.model.compute.InstanceTypes;
import dev.windrow.model.compute.ManagedIdentity;
import dev.windrow.model.compute.PodTerms;
import dev.windrow.spec.compute.AttachDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a cluster is attached with; immutable, and checked when it is built. */
public final class AttachConfiguration {
    private final AttachDocument content;

    private AttachConfiguration(AttachDocument content) {
        this.content = content;
    }

    /** Starts one. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a document as {@link KubernetesCompute#serialize} gives it, or of the shape in which a
     * server is asked; what only tells of a compute that is there is left out.
     *
     * @throws ComputeException with every mistake
     */
    public static AttachConfiguration of(Map<String, ? extends @Nullable Object> document) {
        return SerializedCompute.configuration(document);
    }

    static AttachConfiguration of(AttachDocument content) {
        return new AttachConfiguration(content);
    }

    /** Gives which cluster. */
    public String resourceId() {
        return attachment().cluster().text();
    }

    /** Gives the namespace that jobs run in. */
    public String namespace() {
        return attachment().namespace();
    }

    /** Gives whether the namespace is made when it is not there. */
    public boolean createNamespace() {
        return attachment().createNamespace();
    }

    /** Gives the kind of identity: {@code SystemAssigned} or {@code UserAssigned}. */
    public Optional<String> identityType() {
        return attachment().identity().map(one -> one.type().text());
    }

    /** Gives the user's identities. */
    public List<String> identityIds() {
        return attachment().identity().map(ManagedIdentity::ids).orElse(List.of());
    }

    /** Gives the address of the server as pods see it; empty for the one that clients use. */
    public Optional<String> serverUrl() {
        return attachment().serverUrl();
    }

    /** Gives the kinds of instances that were asked for. */
    public InstanceTypes instanceTypes() {
        return attachment().instanceTypes();
    }

    /** Gives on which terms the cluster takes pods of jobs. */
    public PodTerms pods() {
        return attachment().pods();
    }

    /** Gives what the compute is for. */
    public Optional<String> description() {
        return content.description();
    }

    /** Gives its labels. */
    public Map<String, String> tags() {
        return content.tags();
    }

    /** Gives a builder that holds all of this. */
    public Builder toBuilder() {
        Builder builder =
                new Builder()
                        .resourceId(resourceId())
                        .namespace(namespace())
                        .identityIds(identityIds());
        if (createNamespace()) {
            builder.createNamespace();
        }
        identityType().ifPresent(builder::identityType);
        serverUrl().ifPresent(builder::serverUrl);
        instanceTypes().presets().forEach(builder::instanceType);
        if (instanceTypes().fromCluster()) {
            builder.instanceTypesOfCluster();
        }
        builder.pods(pods());
        content.credentials().ifPresent(builder::credentials);
        description().ifPresent(builder::description);
        tags().forEach(builder::tag);
        return builder;
    }

    private Attachment attachment() {
        return content.attachment();
    }

    /** Gives the document that a server is asked with; holds the credentials, if there are any. */
    public Map<String, @Nullable Object> request() {
        return content.request();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AttachConfiguration one && content.equals(one.content);
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }

    @Override
    public String toString() {
        return "AttachConfiguration[" + resourceId() + ", namespace " + namespace() + "]";
    }

    /** Collects the parameters; nothing is checked before {@link #build}. For one thread. */
    public static final class Builder {
        private Optional<String> resourceId = Optional.empty();
        private Optional<String> namespace = Optional.empty();
        private boolean createNamespace;
        private Optional<String> identityType = Optional.empty();
        private List<String> identityIds = List.of();
        private Optional<String> serverUrl = Optional.empty();
        private final List<InstanceType> instanceTypes = new ArrayList<>();
        private boolean instanceTypesOfCluster;
        private PodTerms pods = PodTerms.USUAL;
        private Optional<ClusterCredentials> credentials = Optional.empty();
        private Optional<String> description = Optional.empty();
        private final Map<String, String> tags = new LinkedHashMap<>();

        Builder() {}

        /** Sets which cluster: Azure's id of one, {@code context:NAME}, or {@code in-cluster}. */
        public Builder resourceId(String id) {
            resourceId = Optional.of(id);
            return this;
        }

        /** Sets the namespace that jobs run in; {@code default} unless set. */
        public Builder namespace(String name) {
            namespace = Optional.of(name);
            return this;
        }

        /** Has the namespace made when it is not there. */
        public Builder createNamespace() {
            createNamespace = true;
            return this;
        }

        /** Sets the kind of identity: {@code SystemAssigned} or {@code UserAssigned}. */
        public Builder identityType(String type) {
            identityType = Optional.of(type);
            return this;
        }

        /** Sets the user's identities, with {@code UserAssigned} only. */
        public Builder identityIds(List<String> ids) {
            identityIds = List.copyOf(ids);
            return this;
        }

        /** Sets the address of the server as pods see it; the one that clients use unless set. */
        public Builder serverUrl(String url) {
            serverUrl = Optional.of(url);
            return this;
        }

        /**
         * Adds a kind of instance that jobs may ask for; one called {@code defaultinstancetype} is
         * that of jobs which ask for none.
         */
        public Builder instanceType(InstanceType type) {
            instanceTypes.add(type);
            return this;
        }

        /** Has Azure's InstanceType resources of the cluster count too. */
        public Builder instanceTypesOfCluster() {
            instanceTypesOfCluster = true;
            return this;
        }

        /**
         * Sets on which terms the cluster takes pods of jobs: tolerations, priority class, queue,
         * image pull secrets and ServiceAccount.
         */
        public Builder pods(PodTerms terms) {
            pods = terms;
            return this;
        }

        /** Gives the terms that are set. */
        public PodTerms pods() {
            return pods;
        }

        /**
         * Sets by what the server is let into the cluster. The server keeps it and never tells;
         * without it, a compute keeps what it has.
         */
        public Builder credentials(ClusterCredentials account) {
            credentials = Optional.of(account);
            return this;
        }

        /** Sets what the compute is for. */
        public Builder description(String text) {
            description = Optional.of(text);
            return this;
        }

        /** Adds a label. */
        public Builder tag(String name, String value) {
            tags.put(name, value);
            return this;
        }

        /**
         * Makes the configuration.
         *
         * @throws ComputeException with every broken rule
         */
        public AttachConfiguration build() {
            AttachmentParts parts =
                    new AttachmentParts(
                            resourceId.or(() -> credentials.map(one -> one.address().toString())),
                            namespace,
                            createNamespace,
                            identityType,
                            identityIds,
                            new AttachmentParts.Pods(
                                    serverUrl,
                                    new InstanceTypes(instanceTypes, instanceTypesOfCluster),
                                    pods));
            List<BrokenRule> broken = parts.broken();
            if (!broken.isEmpty()) {
                throw ComputeException.ofRules(broken);
            }
            return new AttachConfiguration(
                    new AttachDocument(parts.checked(), description, tags, credentials));
        }
    }
}
