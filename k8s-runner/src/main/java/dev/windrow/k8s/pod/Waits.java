package dev.windrow.k8s.pod;

import static dev.windrow.k8s.pod.PodTranslator.text;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a pod does not run yet. */
final class Waits {

    private static final Pattern CLAIM =
            Pattern.compile("persistentvolumeclaim \"([^\"]+)\" not found");
    private static final Pattern SHORT =
            Pattern.compile("[0-9]+ Insufficient ([A-Za-z0-9./-]*[A-Za-z0-9])");
    private static final Pattern TAINT =
            Pattern.compile("untolerated taint(?:\\(s\\))? ?\\{([^}]*)}?");

    /** What the scheduler has thought of beside; nothing a user can do anything with. */
    private static final Pattern ASIDE =
            Pattern.compile("\\s*(no new claims to deallocate|preemption:).*", Pattern.DOTALL);

    private Waits() {}

    /** What the scheduler says, in our words first and its own behind. */
    static String unschedulable(String message) {
        String said = ASIDE.matcher(text(message)).replaceFirst("");
        Matcher claim = CLAIM.matcher(said);
        if (claim.find()) {
            return "volume claim %s is not there (expected: in the namespace of the compute)"
                    .formatted(claim.group(1));
        }
        if (said.contains("unbound immediate PersistentVolumeClaims")) {
            return "a volume claim of it has no volume yet";
        }
        Matcher lacking = SHORT.matcher(said);
        if (lacking.find()) {
            return "no machine has enough %s free: %s".formatted(word(lacking.group(1)), said);
        }
        if (said.contains("didn't match Pod's node affinity/selector")) {
            return "no machine has the labels it asks for: " + said;
        }
        Matcher taint = TAINT.matcher(said);
        if (taint.find()) {
            return "no machine takes it: " + said;
        }
        return said.isEmpty() ? "waits for a machine" : "no machine takes it: " + said;
    }

    private static String word(String resource) {
        return switch (resource) {
            case "cpu" -> "CPU";
            case "ephemeral-storage" -> "disk";
            default -> resource;
        };
    }

    /** What a container waits for, when that is more than its turn. */
    static Optional<PodReading> of(ContainerStatus one, String image) {
        return PodTranslator.waiting(one)
                .flatMap(wait -> of(text(wait.getReason()), text(wait.getMessage()), image))
                .map(PodReading::waiting);
    }

    private static Optional<String> of(String reason, String message, String image) {
        return switch (reason) {
            case "ErrImagePull", "ImagePullBackOff", "RegistryUnavailable" ->
                    Optional.of("image %s cannot be pulled%s".formatted(image, because(message)));
            case "ErrImageNeverPull" ->
                    Optional.of(
                            "image %s is not on its machine, and may not be pulled"
                                    .formatted(image));
            case "InvalidImageName" ->
                    Optional.of("image: %s (expected: the name of an image)".formatted(image));
            case "CreateContainerConfigError" ->
                    Optional.of("something it needs is not there" + because(message));
            case "CreateContainerError", "RunContainerError" ->
                    Optional.of("its machine cannot make its containers" + because(message));
            default -> Optional.empty();
        };
    }

    private static String because(String message) {
        return message.isEmpty() ? "" : ": " + message;
    }

    /** A volume that cannot be mounted, or a network that cannot be had; only events tell. */
    static Optional<PodReading> mount(List<Event> events) {
        return events.reversed().stream()
                .flatMap(event -> mount(event).stream())
                .findFirst()
                .map(PodReading::waiting);
    }

    private static Optional<String> mount(Event event) {
        String message = text(event.getMessage());
        return switch (text(event.getReason())) {
            case "FailedMount", "FailedMapVolume" ->
                    Optional.of("a volume of it cannot be mounted: " + message);
            case "FailedAttachVolume" ->
                    Optional.of("a volume of it cannot be had by its machine: " + message);
            case "FailedCreatePodSandBox" ->
                    Optional.of("its machine has no network for it: " + message);
            default -> Optional.empty();
        };
    }
}
