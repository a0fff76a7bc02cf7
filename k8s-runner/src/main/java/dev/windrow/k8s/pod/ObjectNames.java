package dev.windrow.k8s.pod;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Names and labels of the objects of one job's fleet. A job's name may be longer than a label and
 * have other letters, so objects bear a digest of it; the whole name is an annotation.
 *
 * @param installation tells the objects of one server from those of another
 * @param compute the id of the compute, such as {@code /workspaces/default/computes/gpu}
 * @param job the id of the job, such as {@code /workspaces/default/jobs/nightly}
 * @param submitted tells a job from a later one of the same name
 */
public record ObjectNames(String installation, String compute, String job, long submitted) {

    /** The label of all that an installation has made. */
    public static final String INSTALLATION = "windrow.dev/installation";

    /** The label of all that is for one compute, with a digest of its id. */
    public static final String COMPUTE = "windrow.dev/compute";

    /** The label of all that belongs to one fleet. */
    public static final String FLEET = "windrow.dev/fleet";

    /** The label of a pod with the number of its instance. */
    public static final String INSTANCE = "windrow.dev/instance";

    /** The annotation with the id of the job. */
    public static final String JOB = "windrow.dev/job";

    /** The label that tells agents of jobs from those that only move data. */
    public static final String COMPONENT = "app.kubernetes.io/component";

    /** Its value for agents that only move data; they belong to no job. */
    public static final String TRANSFER = "transfer";

    private static final String PREFIX = "wr-";
    private static final int DIGITS = 16;

    /** The name of the fleet's Secret, which owns all else. */
    public String fleet() {
        return PREFIX + digest("%s\n%s\n%d".formatted(installation, job, submitted));
    }

    /** Below a datastore the folder for what is not its user's: rows that are not published yet. */
    public String hidden() {
        return ".windrow/" + fleet();
    }

    /** The name of the pod of one instance. */
    public String pod(int instance) {
        return "%s-%d".formatted(fleet(), instance);
    }

    /** The labels of everything of the fleet. */
    public Map<String, String> labels() {
        return Map.of(
                "app.kubernetes.io/name",
                "windrow",
                COMPONENT,
                "agent",
                "app.kubernetes.io/managed-by",
                "windrow",
                INSTALLATION,
                installation,
                COMPUTE,
                computeLabel(compute),
                FLEET,
                fleet());
    }

    /** The labels of everything of an agent that only moves data. */
    public Map<String, String> transferLabels() {
        Map<String, String> labels = new HashMap<>(labels());
        labels.put(COMPONENT, TRANSFER);
        return Map.copyOf(labels);
    }

    /** The instance that the labels of a pod tell of; empty when they tell of none. */
    public static OptionalInt instance(Map<String, String> labels) {
        String text = labels.getOrDefault(INSTANCE, "");
        return text.matches("[0-9]{1,7}")
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }

    /** What the label of a compute's objects says. */
    public static String computeLabel(String compute) {
        return digest(compute);
    }

    private static String digest(String all) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
