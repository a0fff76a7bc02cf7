package dev.windrow.client;

import dev.windrow.model.compute.ComputeName;
import dev.windrow.spec.MistakeCode;
import dev.windrow.spec.compute.AttachDocument;
import dev.windrow.spec.compute.InvalidComputeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks and takes apart what a compute was written as. */
final class SerializedCompute {
    private static final List<String> OUTER = List.of("id", "location", "tags");
    private static final List<String> INNER =
            List.of(
                    "properties",
                    "provisioningErrors",
                    "description",
                    "provisioningState",
                    "resourceId");

    private SerializedCompute() {}

    /**
     * Insists on the keys that Azure's SDK insists on, and on the workspace.
     *
     * @throws ComputeException with every mistake
     */
    static void check(String workspace, Map<String, ? extends @Nullable Object> document) {
        List<JobMistake> mistakes = new ArrayList<>();
        Map<?, ?> properties = map(document.get("properties"));
        if (!(document.get("properties") instanceof Map<?, ?>)) {
            mistakes.add(missing("properties"));
        } else {
            type(properties.get("computeType"), mistakes);
            INNER.stream()
                    .filter(key -> !properties.containsKey(key))
                    .forEach(key -> mistakes.add(missing("properties." + key)));
        }
        OUTER.stream()
                .filter(key -> !document.containsKey(key))
                .forEach(key -> mistakes.add(missing(key)));
        if (!mistakes.isEmpty()) {
            throw ComputeException.ofMistakes(mistakes);
        }
        checkId(workspace, String.valueOf(document.get("id")));
    }

    private static void checkId(String workspace, String id) {
        String[] parts = id.split("/", -1);
        boolean ours =
                parts.length == 5
                        && parts[0].isEmpty()
                        && parts[1].equals("workspaces")
                        && parts[3].equals("computes")
                        && ComputeName.isLegal(parts[4]);
        if (!ours) {
            throw ComputeException.ofMistakes(
                    List.of(
                            mistake(
                                    MistakeCode.INVALID_VALUE,
                                    "id",
                                    id,
                                    "/workspaces/WORKSPACE/computes/NAME")));
        }
        if (!parts[2].equals(workspace)) {
            throw new ComputeException(
                    ComputeException.Kind.INVALID,
                    "WRONG_WORKSPACE",
                    "id: %s (expected: a compute of the workspace %s)".formatted(id, workspace));
        }
    }

    private static void type(@Nullable Object type, List<JobMistake> mistakes) {
        if (type == null) {
            mistakes.add(missing("properties.computeType"));
        } else if (!type.equals(AttachDocument.KUBERNETES)) {
            mistakes.add(
                    mistake(
                            MistakeCode.INVALID_VALUE,
                            "properties.computeType",
                            String.valueOf(type),
                            AttachDocument.KUBERNETES));
        }
    }

    /** Gives what to attach with, without what only tells of a compute that is there. */
    static AttachConfiguration configuration(Map<String, ? extends @Nullable Object> document) {
        Map<String, @Nullable Object> asked = new LinkedHashMap<>(document);
        for (String told : List.of("id", "name", "workspace", "type", "location", "operation")) {
            asked.remove(told);
        }
        if (document.get("properties") instanceof Map<?, ?> properties) {
            Map<String, @Nullable Object> kept = new LinkedHashMap<>();
            properties.forEach((key, value) -> kept.put(String.valueOf(key), value));
            for (String told :
                    List.of(
                            "computeLocation",
                            "createdOn",
                            "createdBy",
                            "modifiedOn",
                            "modifiedBy",
                            "provisioningState",
                            "provisioningErrors",
                            "isAttachedCompute",
                            "status")) {
                kept.remove(told);
            }
            if (properties.get("properties") instanceof Map<?, ?> inner) {
                Map<String, @Nullable Object> within = new LinkedHashMap<>();
                inner.forEach((key, value) -> within.put(String.valueOf(key), value));
                within.remove("defaultInstanceType");
                within.remove("instanceTypes");
                kept.put("properties", within);
            }
            asked.put("properties", kept);
        }
        try {
            return AttachConfiguration.of(AttachDocument.read(asked));
        } catch (InvalidComputeException invalid) {
            throw ComputeException.ofMistakes(
                    invalid.mistakes().stream().map(JobMistake::of).toList());
        }
    }

    static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static JobMistake missing(String path) {
        return mistake(MistakeCode.MISSING_FIELD, path, "missing", "a key of a serialized compute");
    }

    private static JobMistake mistake(MistakeCode code, String path, String value, String rule) {
        return new JobMistake(
                code.name(),
                "%s: %s (expected: %s)".formatted(path, Objects.toString(value), rule),
                Optional.of(path),
                Optional.empty(),
                Optional.empty(),
                Optional.of(value),
                Optional.of(rule));
    }
}
