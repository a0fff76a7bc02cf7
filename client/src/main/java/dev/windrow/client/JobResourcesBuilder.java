package dev.windrow.client;

import java.util.List;

/** Collects the instances a job asks for; checked when the job is built. */
public final class JobResourcesBuilder {
    private final Fields fields = new Fields();

    JobResourcesBuilder() {}

    /** Sets the number of instances, 1 or more; -1 asks for as many as there are. */
    public JobResourcesBuilder instanceCount(int count) {
        fields.put("instance_count", count);
        return this;
    }

    /** Binds the number of instances to a literal input. */
    public JobResourcesBuilder instanceCount(String binding) {
        fields.put("instance_count", binding);
        return this;
    }

    /** Sets the upper bound of instances. */
    public JobResourcesBuilder maxInstanceCount(int count) {
        fields.put("max_instance_count", count);
        return this;
    }

    /** Sets names of instance types, any of which will do. */
    public JobResourcesBuilder instanceType(String... types) {
        fields.put("instance_type", List.of(types));
        return this;
    }

    /** Sets the size of shared memory: a number and b, k, m or g. */
    public JobResourcesBuilder shmSize(String size) {
        fields.put("shm_size", size);
        return this;
    }

    /** Sets arguments for {@code docker run}. */
    public JobResourcesBuilder dockerArgs(String... arguments) {
        fields.put("docker_args", List.of(arguments));
        return this;
    }

    /** Sets regions to choose from. */
    public JobResourcesBuilder locations(String... regions) {
        fields.put("locations", List.of(regions));
        return this;
    }

    /** Adds a hint for Azure's queues; carried along, without effect. */
    public JobResourcesBuilder property(String name, String value) {
        fields.putIn("properties", name, value);
        return this;
    }

    Fields fields() {
        return fields;
    }
}
