package dev.windrow.spec;

import dev.windrow.model.Environment;
import dev.windrow.model.EnvironmentKind;
import dev.windrow.model.ParallelJob;
import dev.windrow.model.RunFunction;
import dev.windrow.model.VirtualEnvironment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The conda file of a job: the one its environment names, the one written in place, or that of the
 * environment file it names. None is ever passed over: it is made use of, or the job is refused.
 */
public final class CondaFile {
    private static final String ENVIRONMENT = "task.environment";
    private static final String CONDA = "conda_file";
    private static final String FIELD = ENVIRONMENT + "." + CONDA;

    private final LoadedJob loaded;
    private final String source;

    private CondaFile(LoadedJob loaded, String source) {
        this.loaded = loaded;
        this.source = source;
    }

    /** Where a conda file was found. */
    private sealed interface Found {

        /** In a file of its own. */
        record Apart(Path file, String field, Place place, String written) implements Found {}

        /** Within another document. */
        record Inside(CondaDocument document, Place place) implements Found {}
    }

    /**
     * What has to be made for a job before its workers start. Blocks on the disk.
     *
     * @param source what mistakes in the job name as its file
     * @param asked what the user wants to be made; empty when nothing was said of it
     * @return empty when the job describes nothing that has to be made
     * @throws InvalidJobException with all that is wrong with the conda file, by the lines of the
     *     file it stands in; or when there is one and nobody asked for it, or none and somebody did
     */
    public static Optional<VirtualEnvironment> settle(
            LoadedJob loaded, String source, Optional<EnvironmentKind> asked) {
        CondaFile conda = new CondaFile(loaded, source);
        Optional<Found> found = conda.find();
        if (asked.isPresent() && found.isEmpty()) {
            throw conda.mistake(
                    MistakeCode.MISSING_FIELD,
                    FIELD,
                    loaded.place(ENVIRONMENT),
                    "",
                    "a conda file, which --environment %s is made from"
                            .formatted(asked.get().text()));
        }
        if (asked.isEmpty() && found.isPresent()) {
            throw conda.unasked(found.get());
        }
        return found.map(conda::document).map(document -> new CondaReader(document).read());
    }

    /**
     * The job with its conda file written in place, for whoever does not see this disk. Blocks on
     * the disk. A job that has none stays as it is, and so does one whose file cannot be had.
     */
    public static ParallelJob inlined(LoadedJob loaded) {
        ParallelJob job = loaded.job();
        try {
            CondaFile conda = new CondaFile(loaded, "job");
            return job.task()
                    .environment()
                    .flatMap(environment -> conda.inlined(job, environment))
                    .orElse(job);
        } catch (InvalidJobException _) {
            // Whoever asks for it to be made is told; the others are refused for having one.
            return job;
        }
    }

    private Optional<ParallelJob> inlined(ParallelJob job, Environment environment) {
        Optional<Environment.Inline> written =
                switch (environment) {
                    case Environment.Inline inline -> Optional.of(inline);
                    case Environment.Named(String reference) ->
                            environmentFile(reference).map(CondaFile::inline);
                };
        Optional<Object> conda = find().map(this::document).map(CondaDocument::tree);
        if (written.isEmpty() || (written.get().equals(environment) && conda.isEmpty())) {
            return Optional.empty();
        }
        RunFunction task = job.task();
        Environment.Inline placed =
                new Environment.Inline(
                        written.get().image(), Optional.empty(), written.get().buildPath());
        Map<String, @Nullable Object> kept = new LinkedHashMap<>(job.kept());
        conda.ifPresent(tree -> keep(kept, tree));
        return Optional.of(
                job.toBuilder()
                        .task(
                                new RunFunction(
                                        task.code(),
                                        task.entryScript(),
                                        task.programArguments(),
                                        Optional.of(placed),
                                        task.appendRowTo()))
                        .kept(kept)
                        .build());
    }

    private static void keep(Map<String, @Nullable Object> kept, Object tree) {
        Map<String, @Nullable Object> task = copy(kept.get("task"));
        Map<String, @Nullable Object> environment = copy(task.get("environment"));
        environment.put(CONDA, tree);
        task.put("environment", environment);
        kept.put("task", task);
    }

    private static Map<String, @Nullable Object> copy(@Nullable Object tree) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        }
        return copy;
    }

    private Optional<Found> find() {
        return loaded.job().task().environment().flatMap(this::find);
    }

    private Optional<Found> find(Environment environment) {
        return switch (environment) {
            case Environment.Inline inline ->
                    inline.condaFile()
                            .map(path -> apart(loaded.baseFolder(), path, FIELD))
                            .or(this::inPlace);
            case Environment.Named(String reference) -> {
                Optional<CondaDocument> file = environmentFile(reference);
                yield file.flatMap(document -> document.value(CONDA))
                        .map(value ->
                                value instanceof String path
                                        ? apart(folder(reference), path, ENVIRONMENT)
                                        : new Found.Inside(
                                                file.get().below(CONDA),
                                                loaded.place(ENVIRONMENT)));
            }
        };
    }

    private Optional<Found> inPlace() {
        Object tree = loaded.job().kept();
        for (String key : FIELD.split("\\.")) {
            tree = tree instanceof Map<?, ?> map ? map.get(key) : null;
            if (tree == null) {
                return Optional.empty();
            }
        }
        CondaDocument document = new CondaDocument(source, FIELD, tree, loaded.places());
        return Optional.of(new Found.Inside(document, loaded.place(FIELD)));
    }

    private Found apart(Path folder, String path, String field) {
        Place place = loaded.place(field);
        Path file =
                LocalPath.resolve(folder, path)
                        .orElseThrow(() ->
                                mistake(
                                        MistakeCode.NOT_BUILT,
                                        field,
                                        place,
                                        path,
                                        "a conda file on this machine"));
        return new Found.Apart(file, field, place, path);
    }

    private Path folder(String reference) {
        return file(reference).resolveSibling(".").normalize();
    }

    private Path file(String reference) {
        return LocalPath.resolve(loaded.baseFolder(), reference)
                .orElseThrow(() ->
                        mistake(
                                MistakeCode.INVALID_VALUE,
                                ENVIRONMENT,
                                loaded.place(ENVIRONMENT),
                                reference,
                                "an environment file on this machine, or azureml:NAME"));
    }

    /** A bare name is a registered environment, of which nothing is known here. */
    private Optional<CondaDocument> environmentFile(String reference) {
        return JobPaths.isPath(reference)
                ? Optional.of(
                        read(
                                file(reference),
                                ENVIRONMENT,
                                loaded.place(ENVIRONMENT),
                                reference,
                                "an environment file that exists"))
                : Optional.empty();
    }

    private static Environment.Inline inline(CondaDocument file) {
        Optional<String> image =
                file.value("image").filter(String.class::isInstance).map(String.class::cast);
        return new Environment.Inline(image, Optional.empty(), Optional.empty());
    }

    private CondaDocument document(Found found) {
        return switch (found) {
            case Found.Inside(CondaDocument document, Place _) -> document;
            case Found.Apart(Path file, String field, Place place, String written) ->
                    read(file, field, place, written, "a conda file that exists");
        };
    }

    private CondaDocument read(Path file, String field, Place place, String written, String rule) {
        return CondaDocument.read(file)
                .orElseThrow(
                        () -> mistake(MistakeCode.FILE_NOT_FOUND, field, place, written, rule));
    }

    private InvalidJobException unasked(Found found) {
        return switch (found) {
            case Found.Apart(Path _, String field, Place place, String written) ->
                    unasked(field, place, written);
            case Found.Inside(CondaDocument document, Place place) ->
                    document.prefix().isEmpty() || !document.prefix().equals(FIELD)
                            ? unasked(ENVIRONMENT, place, CONDA)
                            : unasked(FIELD, place, "a mapping");
        };
    }

    private InvalidJobException unasked(String field, Place place, String value) {
        return mistake(
                MistakeCode.CONFLICT,
                field,
                place,
                value,
                "--environment venv, which installs what it lists under pip; or --set %s=%s when the Python that runs the script has all of it"
                        .formatted(field, field.equals(FIELD) ? "null" : "azureml:NAME"));
    }

    private InvalidJobException mistake(
            MistakeCode code, String field, Place place, String value, String rule) {
        Problems problems = new Problems();
        problems.add(code, place, field, value, rule);
        return problems.asException(source);
    }
}
