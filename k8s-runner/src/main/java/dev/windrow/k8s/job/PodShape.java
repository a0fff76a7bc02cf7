package dev.windrow.k8s.job;

import dev.windrow.k8s.access.Connections;
import dev.windrow.k8s.attach.KnownTypes;
import dev.windrow.k8s.pod.PodOrder;
import dev.windrow.model.Environment;
import dev.windrow.model.Identity;
import dev.windrow.model.ParallelJob;
import dev.windrow.model.Placement;
import dev.windrow.model.compute.InstanceType;
import dev.windrow.model.compute.InstanceTypes;
import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.compute.ClusterTarget;
import dev.windrow.spec.MistakeCode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the pods of a job are, as its file asks for it.
 *
 * @param image in which the script runs
 * @param type of its instances
 * @param shared bytes of {@code /dev/shm}
 */
record PodShape(String image, InstanceType type, Optional<Long> shared) {

    private static final String MEMORY = "memory";
    private static final BigDecimal LEAST_MEMORY = BigDecimal.valueOf(256L << 20);
    private static final String IMAGE_RULE = "[a-z0-9]([a-zA-Z0-9./:@_-]{0,510}[a-zA-Z0-9])?";

    /** Stands for one where none is known, which is a mistake already. */
    private static final InstanceType UNKNOWN =
            new InstanceType(InstanceTypes.USUAL, Map.of(), Map.of(), Map.of());

    /** Reads it; what cannot be had is a mistake. */
    static PodShape of(
            ParallelJob job, Connections connections, ClusterTarget target, Mistakes mistakes) {
        placement(job.placement(), mistakes);
        return new PodShape(
                image(job, target, mistakes),
                type(job, types(connections, target, mistakes), mistakes),
                job.placement().resources().shmSize().map(PodShape::bytes));
    }

    private static void placement(Placement placement, Mistakes mistakes) {
        List<String> docker = placement.resources().dockerArgs();
        if (!docker.isEmpty()) {
            mistakes.refuse(
                    "resources.docker_args",
                    String.join(" ", docker),
                    "none, because no docker starts pods; see resources.shm_size, resources.instance_type and the options of windrow compute attach");
        }
        placement
                .identity()
                .filter(identity -> identity.kind() == Identity.Kind.USER_IDENTITY)
                .ifPresent(identity ->
                        mistakes.refuse(
                                "identity.type",
                                identity.kind().yaml(),
                                "managed, which is the ServiceAccount of the compute, or none"));
    }

    private static String image(ParallelJob job, ClusterTarget target, Mistakes mistakes) {
        Optional<Environment> environment = job.task().environment();
        if (environment.isEmpty()) {
            return target.images().job();
        }
        return switch (environment.get()) {
            case Environment.Named(String reference) -> {
                mistakes.refuse(
                        "task.environment",
                        reference,
                        "environment: {image: NAME}, because registered environments are not known here");
                yield "";
            }
            case Environment.Inline inline -> image(inline, target, mistakes);
        };
    }

    private static String image(
            Environment.Inline inline, ClusterTarget target, Mistakes mistakes) {
        inline.buildPath()
                .ifPresent(path ->
                        mistakes.refuse(
                                "task.environment.build.path",
                                path,
                                "image: NAME of one that is built, because images are not built here"));
        String image = inline.image().orElse(target.images().job());
        if (!image.matches(IMAGE_RULE)) {
            mistakes.refuse("task.environment.image", image, "the name of an image");
        }
        return image;
    }

    private static List<InstanceType> types(
            Connections connections, ClusterTarget target, Mistakes mistakes) {
        try {
            return KnownTypes.of(connections, target);
        } catch (ClusterException e) {
            mistakes.add(MistakeCode.INVALID_VALUE, "compute", "compute: " + e.getMessage());
            return List.of();
        }
    }

    private static InstanceType type(ParallelJob job, List<InstanceType> kinds, Mistakes mistakes) {
        Map<String, InstanceType> byName =
                kinds.stream().collect(Collectors.toMap(InstanceType::name, one -> one));
        return enough(chosen(job, kinds, byName, mistakes), mistakes);
    }

    /** What the agent may take is taken from what the workers have. */
    private static InstanceType enough(InstanceType type, Mistakes mistakes) {
        Optional.ofNullable(type.limits().get(MEMORY))
                .filter(text -> amount(text).compareTo(LEAST_MEMORY) < 0)
                .ifPresent(text ->
                        mistakes.refuse(
                                "resources.instance_type",
                                "%s, which has %s of memory".formatted(type.name(), text),
                                "a limit of at least 256Mi, of which the agent takes up to 200 MB"));
        return type;
    }

    private static InstanceType chosen(
            ParallelJob job,
            List<InstanceType> kinds,
            Map<String, InstanceType> byName,
            Mistakes mistakes) {
        InstanceType usual = byName.getOrDefault(InstanceTypes.USUAL, UNKNOWN);
        List<String> asked = job.placement().resources().instanceType();
        if (asked.isEmpty()) {
            return usual;
        }
        Optional<InstanceType> found =
                asked.stream().filter(byName::containsKey).findFirst().map(byName::get);
        if (found.isEmpty() && !kinds.isEmpty()) {
            mistakes.refuse(
                    "resources.instance_type",
                    String.join(", ", asked),
                    "one of "
                            + kinds.stream()
                                    .map(InstanceType::name)
                                    .collect(Collectors.joining(", ")));
        }
        return found.orElse(usual);
    }

    private static long bytes(String size) {
        BigDecimal number = new BigDecimal(size.substring(0, size.length() - 1));
        int shift =
                switch (size.toLowerCase(Locale.ROOT).charAt(size.length() - 1)) {
                    case 'k' -> 10;
                    case 'm' -> 20;
                    case 'g' -> 30;
                    default -> 0;
                };
        return Math.max(1, number.multiply(BigDecimal.valueOf(1L << shift)).longValue());
    }

    PodOrder.Size size() {
        return new PodOrder.Size(type.requests(), type.limits());
    }

    /** Whole CPUs that workers of one instance share, at least one. */
    int cpus() {
        return Math.max(1, limit("cpu").map(BigDecimal::intValue).orElse(1));
    }

    /** GPUs of one instance, of whatever maker. */
    int gpus() {
        return type.limits().keySet().stream()
                .filter(name -> name.endsWith("/gpu"))
                .mapToInt(name -> limit(name).map(BigDecimal::intValue).orElse(0))
                .sum();
    }

    private Optional<BigDecimal> limit(String resource) {
        return Optional.ofNullable(type.limits().get(resource))
                .or(() -> Optional.ofNullable(type.requests().get(resource)))
                .map(PodShape::amount);
    }

    private static BigDecimal amount(String quantity) {
        return new Quantity(quantity).getNumericalAmount();
    }
}
