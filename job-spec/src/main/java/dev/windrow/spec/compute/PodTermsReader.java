package dev.windrow.spec.compute;

import dev.windrow.model.compute.PodTerms;
import dev.windrow.model.compute.Toleration;
import dev.windrow.spec.MistakeCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads on which terms a cluster takes pods; tolerations are written as Kubernetes has them. */
final class PodTermsReader {

    /** What there is of it beside the namespace. */
    static final List<String> KEYS =
            List.of("tolerations", "priorityClass", "queue", "imagePullSecrets", "serviceAccount");

    private static final String BASE = "properties.properties.";

    private final AttachDocumentReader reader;

    PodTermsReader(AttachDocumentReader reader) {
        this.reader = reader;
    }

    PodTerms read(Map<?, ?> inner) {
        return new PodTerms(
                tolerations(inner.get("tolerations")),
                reader.text(inner.get("priorityClass"), BASE + "priorityClass"),
                reader.text(inner.get("queue"), BASE + "queue"),
                names(inner.get("imagePullSecrets")),
                reader.text(inner.get("serviceAccount"), BASE + "serviceAccount"));
    }

    private List<Toleration> tolerations(@Nullable Object value) {
        List<Toleration> all = new ArrayList<>();
        for (Object one : list(value, BASE + "tolerations")) {
            String path = BASE + "tolerations[%d]".formatted(all.size());
            all.add(toleration(reader.map(one, path), path + "."));
        }
        return all;
    }

    private Toleration toleration(Map<?, ?> one, String path) {
        reader.known(one, path, List.of("key", "operator", "value", "effect"));
        String operator = reader.text(one.get("operator"), path + "operator").orElse("Equal");
        Optional<String> value = reader.text(one.get("value"), path + "value");
        boolean exists = operator.equals("Exists");
        if (!exists && !operator.equals("Equal")) {
            reader.add(MistakeCode.INVALID_VALUE, path + "operator", operator, "Equal or Exists");
        } else if (exists && value.isPresent()) {
            reader.add(
                    MistakeCode.CONFLICT,
                    path + "value",
                    value.get(),
                    "none with the operator Exists");
        }
        return new Toleration(
                reader.text(one.get("key"), path + "key"),
                exists ? Optional.empty() : value.or(() -> Optional.of("")),
                reader.text(one.get("effect"), path + "effect"));
    }

    private List<String> names(@Nullable Object value) {
        List<String> names = new ArrayList<>();
        for (Object one : list(value, BASE + "imagePullSecrets")) {
            reader.text(one, BASE + "imagePullSecrets[%d]".formatted(names.size()))
                    .ifPresent(names::add);
        }
        return names;
    }

    private List<?> list(@Nullable Object value, String path) {
        if (value == null || value instanceof List<?>) {
            return value == null ? List.of() : (List<?>) value;
        }
        reader.add(MistakeCode.WRONG_TYPE, path, String.valueOf(value), "a list");
        return List.of();
    }
}
