package dev.windrow.cli;

import dev.windrow.client.AttachConfiguration;
import dev.windrow.model.compute.PodTerms;
import dev.windrow.model.compute.Toleration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a compute's file says of the terms on which its cluster takes pods. */
final class PodTermsText {

    /** The keys that there are of it. */
    static final List<String> KEYS =
            List.of(
                    "tolerations",
                    "priority_class",
                    "queue",
                    "image_pull_secrets",
                    "service_account");

    private PodTermsText() {}

    static void read(SpecFile file, AttachConfiguration.Builder builder) {
        Map<String, @Nullable Object> root = file.root();
        builder.pods(
                new PodTerms(
                        tolerations(file),
                        file.text(root, "", "priority_class"),
                        file.text(root, "", "queue"),
                        secrets(file),
                        file.text(root, "", "service_account")));
    }

    private static List<Toleration> tolerations(SpecFile file) {
        List<Toleration> all = new ArrayList<>();
        for (Object one : list(file, "tolerations", "a list, each as Kubernetes has it")) {
            String path = "tolerations[%d]".formatted(all.size());
            if (!(one instanceof Map<?, ?>)) {
                file.add(path, String.valueOf(one), "a mapping");
            }
            all.add(toleration(file, path + ".", one instanceof Map<?, ?> map ? map : Map.of()));
        }
        return all;
    }

    /** As in Kubernetes, one that says no operator means exactly its value. */
    private static Toleration toleration(SpecFile file, String path, Map<?, ?> one) {
        file.known(one, path, List.of("key", "operator", "value", "effect"));
        String operator = file.text(one, path, "operator").orElse("Equal");
        Optional<String> value = file.text(one, path, "value");
        boolean exists = operator.equals("Exists");
        if (!exists && !operator.equals("Equal")) {
            file.add(path + "operator", operator, "Equal or Exists");
        } else if (exists && value.isPresent()) {
            file.add(path + "value", value.get(), "none with the operator Exists");
        }
        return new Toleration(
                file.text(one, path, "key"),
                exists ? Optional.empty() : value.or(() -> Optional.of("")),
                file.text(one, path, "effect"));
    }

    private static List<String> secrets(SpecFile file) {
        List<String> names = new ArrayList<>();
        for (Object one : list(file, "image_pull_secrets", "a list of names")) {
            if (one instanceof String name) {
                names.add(name);
            } else {
                file.add("image_pull_secrets", String.valueOf(one), "a list of names");
            }
        }
        return names;
    }

    private static List<?> list(SpecFile file, String key, String rule) {
        Object given = file.root().get(key);
        if (given != null && !(given instanceof List<?>)) {
            file.add(key, String.valueOf(given), rule);
        }
        return given instanceof List<?> all ? all : List.of();
    }
}
