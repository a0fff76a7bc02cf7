package dev.windrow.model.compute;

import java.util.List;

/**
 * Which kinds of instances the jobs of a compute may ask for.
 *
 * @param presets given with the compute
 * @param fromCluster whether Azure's InstanceType resources of the cluster count too
 */
public record InstanceTypes(List<InstanceType> presets, boolean fromCluster) {

    /** The name of the kind for jobs that ask for none. */
    public static final String USUAL = "defaultinstancetype";

    /** None but the usual one. */
    public static final InstanceTypes NONE = new InstanceTypes(List.of(), false);

    public InstanceTypes {
        presets = List.copyOf(presets);
    }
}
