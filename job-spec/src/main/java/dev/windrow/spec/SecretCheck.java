package dev.windrow.spec;

import dev.windrow.spec.YamlNode.Entry;
import dev.windrow.spec.YamlNode.Mapping;
import dev.windrow.spec.YamlNode.Scalar;
import dev.windrow.spec.YamlNode.Sequence;
import java.util.Map;

/** Checks that secrets are referred to where their value is not written down, and well. */
final class SecretCheck {
    private static final String PLACE = "environment_variables";

    private final ReadContext context;

    SecretCheck(ReadContext context) {
        this.context = context;
    }

    void check(Mapping root) {
        for (Map.Entry<String, Entry> entry : root.entries().entrySet()) {
            boolean allowed = entry.getKey().equals(PLACE);
            look(entry.getKey(), entry.getValue().value(), allowed);
        }
    }

    private void look(String path, YamlNode node, boolean allowed) {
        switch (node) {
            case Mapping mapping ->
                    mapping.entries()
                            .forEach(
                                    (key, entry) -> look(path + "." + key, entry.value(), allowed));
            case Sequence sequence -> {
                for (int i = 0; i < sequence.items().size(); i++) {
                    look(path + "[" + i + "]", sequence.items().get(i), allowed);
                }
            }
            case Scalar scalar -> look(path, scalar, allowed);
        }
    }

    private void look(String path, Scalar scalar, boolean allowed) {
        if (context.problems().any(path)) {
            return;
        }
        if (allowed) {
            SecretReference.firstBroken(scalar.text())
                    .ifPresent(written ->
                            add(path, scalar, written, "secrets.NAME, " + SecretReference.RULE));
            return;
        }
        SecretReference.first(scalar.text())
                .ifPresent(written -> add(path, scalar, written, "no secret but in " + PLACE));
    }

    private void add(String path, Scalar scalar, String written, String rule) {
        context.problems().add(MistakeCode.INVALID_VALUE, scalar.place(), path, written, rule);
    }
}
