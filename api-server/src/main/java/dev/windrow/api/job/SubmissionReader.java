package dev.windrow.api.job;

import dev.windrow.api.http.Fields;
import dev.windrow.api.http.Problem;
import dev.windrow.api.http.Request;
import dev.windrow.model.EnvironmentKind;
import dev.windrow.model.JobName;
import dev.windrow.runtime.RunRequest;
import dev.windrow.spec.CondaFile;
import dev.windrow.spec.JobReader;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.ReadOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a client submits. */
final class SubmissionReader {

    private static final Set<String> FIELDS =
            Set.of(
                    "name",
                    "spec",
                    "base_path",
                    "set",
                    "python",
                    "environment",
                    "instances",
                    "strict_keys");
    private static final int SET_MOST = 200;
    private static final int SPEC_MOST = 8 << 20;
    private static final int VALUE_MOST = 1 << 16;
    private static final int PATH_MOST = 4_096;
    private static final int NAME_MOST = 255;
    private static final int INSTANCES_MOST = 10_000;

    private final ObjectNode body;

    private SubmissionReader(ObjectNode body) {
        this.body = body;
    }

    /**
     * What is to be run.
     *
     * @param nameInPath the name when the path has it
     * @throws dev.windrow.spec.InvalidJobException with all mistakes of the job
     */
    static RunRequest read(Request request, Optional<String> nameInPath) {
        ObjectNode body = request.object(Set.of("application/json"));
        Fields.allowOnly(body, FIELDS);
        return new SubmissionReader(body).request(nameInPath);
    }

    /** What would be run; a name is not needed. */
    static RunRequest check(Request request) {
        ObjectNode body = request.object(Set.of("application/json"));
        Fields.allowOnly(body, FIELDS);
        if (body.path("name").isMissingNode()) {
            body.put("name", "validated");
        }
        return new SubmissionReader(body).request(Optional.empty());
    }

    private RunRequest request(Optional<String> nameInPath) {
        String spec =
                text("spec", SPEC_MOST)
                        .orElseThrow(() -> Problem.invalid("spec", "missing", "the job file"));
        Path base = base();
        Optional<String> said = text("name", NAME_MOST);
        boolean strict = flag("strict_keys");
        Optional<String> python = text("python", PATH_MOST);
        Optional<EnvironmentKind> environment = environment();
        OptionalInt instances = instances();
        LoadedJob loaded =
                JobReader.read(
                        spec,
                        "spec",
                        base,
                        new ReadOptions(sets(), Map.of(), Map.of(), strict, true));
        String name = name(nameInPath, said, loaded);
        return new RunRequest(name, loaded, python, instances)
                .in(CondaFile.settle(loaded, "spec", environment));
    }

    private Optional<EnvironmentKind> environment() {
        Optional<String> text = text("environment", NAME_MOST);
        Optional<EnvironmentKind> kind = text.flatMap(EnvironmentKind::of);
        if (text.isPresent() && kind.isEmpty()) {
            throw Problem.invalid("environment", text.get(), "venv");
        }
        return kind;
    }

    private static String name(
            Optional<String> nameInPath, Optional<String> said, LoadedJob loaded) {
        if (nameInPath.isPresent() && said.isPresent() && !said.equals(nameInPath)) {
            throw Problem.invalid("name", said.get(), "that of the path: " + nameInPath.get());
        }
        String name =
                nameInPath
                        .or(() -> said)
                        .or(() -> loaded.job().labels().name().map(JobName::toString))
                        .orElseThrow(
                                () -> Problem.invalid("name", "missing", "made by the client"));
        if (!JobName.isLegal(name)) {
            throw Problem.invalid("name", name, JobName.RULE);
        }
        return name;
    }

    private Path base() {
        String text = text("base_path", PATH_MOST).orElse("/");
        try {
            Path base = Path.of(text);
            if (base.isAbsolute()) {
                return base.normalize();
            }
        } catch (InvalidPathException _) {
            // Refused below.
        }
        throw Problem.invalid("base_path", text, "an absolute folder on the server");
    }

    private List<String> sets() {
        JsonNode node = body.path("set");
        if (node.isMissingNode()) {
            return List.of();
        }
        if (!(node instanceof ArrayNode array) || array.size() > SET_MOST) {
            throw Problem.invalid("set", node.toString(), "at most 200 texts path=value");
        }
        List<String> sets = new ArrayList<>();
        for (JsonNode one : array) {
            if (!one.isString()
                    || one.stringValue().isEmpty()
                    || one.stringValue().length() > VALUE_MOST) {
                throw Problem.invalid("set", one.toString(), "a text path=value");
            }
            sets.add(one.stringValue());
        }
        return sets;
    }

    private OptionalInt instances() {
        JsonNode node = body.path("instances");
        if (node.isMissingNode()) {
            return OptionalInt.empty();
        }
        if (!node.isInt() || node.intValue() < 1 || node.intValue() > INSTANCES_MOST) {
            throw Problem.invalid(
                    "instances", node.toString(), "a whole number from 1 to " + INSTANCES_MOST);
        }
        return OptionalInt.of(node.intValue());
    }

    private boolean flag(String field) {
        JsonNode node = body.path(field);
        if (!node.isMissingNode() && !node.isBoolean()) {
            throw Problem.invalid(field, node.toString(), "true or false");
        }
        return node.asBoolean(false);
    }

    private Optional<String> text(String field, int most) {
        return Fields.text(body, field, most);
    }
}
