package dev.windrow.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.spec.YamlNode.Entry;
import dev.windrow.spec.YamlNode.Mapping;
import dev.windrow.spec.YamlNode.Scalar;
import dev.windrow.spec.YamlNode.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class JobSchemaTest {
    private final JsonNode schema = JsonMapper.shared().readTree(JobSchema.json());
    private final List<String> problems = new ArrayList<>();

    @Test
    void acceptsAJobThatHasEveryField() {
        check("", yaml(JobReaderTest.FULL), schema);

        assertThat(problems).isEmpty();
    }

    @Test
    void findsWhatTheReaderFinds() {
        String wrong =
                JobReaderTest.FULL
                        .replace("timeout: 120", "timeout: 0")
                        .replace("logging_level: Info", "logging_level: loud")
                        .replace("  entry_script: score/entry.py\n", "");
        check("", yaml(wrong), schema);

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        ".retry_settings.timeout", ".logging_level", ".task.entry_script");
    }

    /** Run with {@code -Dwindrow.docs.write=true} to write the page anew. */
    @Test
    void isTheSchemaInTheReference() throws IOException {
        Path page = Path.of("..", "docs", "reference", "parallel-job.schema.json");
        if (Boolean.getBoolean("windrow.docs.write")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, JobSchema.json());
        }

        assertThat(page).content().isEqualTo(JobSchema.json());
    }

    /** Checks the keywords that the schema uses; knows no others. */
    private void check(String path, YamlNode node, JsonNode rule) {
        if (!fits(path, node, rule)) {
            problems.add(path);
        }
    }

    private boolean fits(String path, YamlNode node, JsonNode rule) {
        if (rule.has("$ref")) {
            String name = rule.get("$ref").asString().substring("#/$defs/".length());
            return fits(path, node, schema.get("$defs").get(name));
        }
        if (rule.has("anyOf")) {
            return rule.get("anyOf").valueStream().anyMatch(one -> fits(path, node, one));
        }
        if (rule.has("not") || (rule.has("type") && !hasType(node, rule.get("type")))) {
            return false;
        }
        return switch (node) {
            case Mapping mapping -> {
                checkMapping(path, mapping, rule);
                yield true;
            }
            case Sequence _ -> true;
            case Scalar scalar -> fitsScalar(scalar, rule);
        };
    }

    private static boolean fitsScalar(Scalar scalar, JsonNode rule) {
        if (rule.has("pattern")) {
            return scalar.text().matches(rule.get("pattern").asString());
        }
        return !rule.has("minimum")
                || Long.parseLong(scalar.text()) >= rule.get("minimum").asLong();
    }

    private void checkMapping(String path, Mapping mapping, JsonNode rule) {
        if (rule.has("required")) {
            rule.get("required")
                    .valueStream()
                    .filter(name -> !mapping.entries().containsKey(name.asString()))
                    .forEach(name -> problems.add(path + "." + name.asString()));
        }
        for (Map.Entry<String, Entry> entry : mapping.entries().entrySet()) {
            String below = path + "." + entry.getKey();
            YamlNode value = entry.getValue().value();
            if (rule.has("properties") && rule.get("properties").has(entry.getKey())) {
                check(below, value, rule.get("properties").get(entry.getKey()));
            } else if (rule.has("additionalProperties")) {
                check(below, value, rule.get("additionalProperties"));
            } else {
                problems.add(below + " has no rule");
            }
        }
    }

    private static boolean hasType(YamlNode node, JsonNode type) {
        return type.isArray()
                ? type.valueStream().anyMatch(one -> hasType(node, one))
                : names(node).contains(type.asString());
    }

    private static List<String> names(YamlNode node) {
        return switch (node) {
            case Mapping _ -> List.of("object");
            case Sequence _ -> List.of("array");
            case Scalar scalar ->
                    switch (scalar.kind()) {
                        case TEXT -> List.of("string");
                        case WHOLE -> List.of("integer", "number");
                        case NUMBER -> List.of("number");
                        case TRUTH -> List.of("boolean");
                        case NULL -> List.of("null");
                    };
        };
    }

    private static YamlNode yaml(String text) {
        return YamlTree.read(text, new Problems()).orElseThrow();
    }
}
