package dev.windrow.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The instances a job asks for.
 *
 * @param instanceType names of instance types, any of which will do
 * @param shmSize size of shared memory, a number and b, k, m or g
 */
public record JobResources(
        Optional<Bindable<Integer>> instanceCount,
        Optional<Integer> maxInstanceCount,
        List<String> instanceType,
        Optional<String> shmSize,
        List<String> dockerArgs,
        List<String> locations) {
    /** What {@code instance_count} may be; −1 asks for as many as there are, 0 is refused. */
    public static final Range INSTANCES = Range.atLeast(-1);

    /** The grammar of {@code shm_size} in words, to follow "expected:". */
    public static final String SHM_RULE = "a number greater than 0 and b, k, m or g, such as 2g";

    private static final Pattern SHM = Pattern.compile("(?=.*[1-9])[0-9]+(\\.[0-9]+)?[bkmgBKMG]");

    /** Checks counts and sizes. */
    public JobResources {
        Rules.inRange("resources.instance_count", INSTANCES, instanceCount);
        if (instanceCount.equals(Optional.of(Bindable.of(0)))) {
            throw Rules.broken("resources.instance_count", 0, "1 or more, or -1 for all there are");
        }
        maxInstanceCount.ifPresent(
                count -> Range.atLeast(1).check("resources.max_instance_count", count));
        shmSize.ifPresent(size -> {
            if (!isShmSize(size)) {
                throw Rules.broken("resources.shm_size", size, SHM_RULE);
            }
        });
        instanceType = List.copyOf(instanceType);
        dockerArgs = List.copyOf(dockerArgs);
        locations = List.copyOf(locations);
    }

    /** Tells whether the text is a size of shared memory. */
    public static boolean isShmSize(String text) {
        return SHM.matcher(text).matches();
    }

    /** Makes resources with nothing set. */
    public static JobResources unset() {
        return new JobResources(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of());
    }
}
