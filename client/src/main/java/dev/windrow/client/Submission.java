package dev.windrow.client;

import dev.windrow.model.JobLabels;
import dev.windrow.model.JobName;
import dev.windrow.spec.CondaFile;
import dev.windrow.spec.InvalidJobException;
import dev.windrow.spec.JobReader;
import dev.windrow.spec.JobWriter;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.MistakeCode;
import dev.windrow.spec.ReadOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A job on its way to the server, under the name it will have. */
record Submission(String name, Map<String, @Nullable Object> document) {
    private static final Path NOWHERE = Path.of("/");

    /**
     * Changes that the job has already when paths are replaced; a second time they would undo it.
     */
    private static final Pattern PLACED =
            Pattern.compile("(?s)(?:inputs|outputs|task|code)(?:\\.[^=]*)?=.*");

    /**
     * Prepares a job; a name is made up when it has none, so that a repeat is harmless.
     *
     * @throws ValidationException with every mistake that can be found here
     */
    static Submission of(ParallelJob job, CreateOptions options) {
        Optional<LoadedJob> read = read(job, options);
        String name =
                options.name()
                        .or(() -> read.map(LoadedJob::job).flatMap(Submission::name))
                        .or(job::name)
                        .orElseGet(FreshNames::next);
        return new Submission(name, document(job, options, name));
    }

    /**
     * Prepares a job whose code and inputs are sent first.
     *
     * @throws ValidationException with every mistake, before anything is sent
     */
    static Submission uploaded(ParallelJob job, CreateOptions options, JobUpload upload) {
        String name = of(job, options).name();
        ReadOptions reading =
                new ReadOptions(options.set(), Map.of(), Map.of(), options.strictKeys(), false);
        try {
            LoadedJob whole = JobReader.read(job.yaml(), "job", job.basePath(), reading);
            // No path of this machine is left, so all who send the same send the same document.
            ParallelJob sent = ParallelJob.of(upload.sent(CondaFile.inlined(whole)), NOWHERE);
            List<String> kept =
                    options.set().stream().filter(set -> !PLACED.matcher(set).matches()).toList();
            return new Submission(name, document(sent, options.withSets(kept), name));
        } catch (InvalidJobException invalid) {
            throw ValidationException.of(invalid);
        }
    }

    /** Gives the request to check a job without a submit, as it is. */
    static Map<String, @Nullable Object> asIs(ParallelJob job, CreateOptions options) {
        return document(job, options, options.name().or(job::name).orElseGet(FreshNames::next));
    }

    private static Map<String, @Nullable Object> document(
            ParallelJob job, CreateOptions options, String name) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("name", name);
        document.put("spec", JobWriter.yaml(named(job.spec(), name)));
        document.put("base_path", job.basePath().toString());
        if (!options.set().isEmpty()) {
            document.put("set", options.set());
        }
        options.python().ifPresent(python -> document.put("python", python));
        options.environment().ifPresent(kind -> document.put("environment", kind.text()));
        options.instances().ifPresent(count -> document.put("instances", count));
        if (options.strictKeys()) {
            document.put("strict_keys", true);
        }
        return document;
    }

    private static Optional<LoadedJob> read(ParallelJob job, CreateOptions options) {
        ReadOptions reading =
                new ReadOptions(
                        options.set(),
                        Map.of(),
                        Map.of(),
                        options.strictKeys(),
                        !options.skipValidation());
        try {
            LoadedJob read = JobReader.read(job.yaml(), "job", job.basePath(), reading);
            if (!options.skipValidation()) {
                CondaFile.settle(read, "job", options.environment());
            }
            return Optional.of(read);
        } catch (InvalidJobException invalid) {
            if (options.skipValidation() || isForTheServer(invalid)) {
                return Optional.empty();
            }
            throw ValidationException.of(invalid);
        }
    }

    /** What this version cannot do here, such as a data store, the server may be able to. */
    private static boolean isForTheServer(InvalidJobException invalid) {
        return invalid.mistakes().stream()
                .allMatch(mistake -> mistake.code() == MistakeCode.NOT_BUILT);
    }

    private static Optional<String> name(dev.windrow.model.ParallelJob job) {
        return job.labels().name().map(JobName::value);
    }

    private static dev.windrow.model.ParallelJob named(
            dev.windrow.model.ParallelJob job, String name) {
        JobLabels labels = job.labels();
        return job.toBuilder()
                .labels(
                        new JobLabels(
                                Optional.of(new JobName(name)),
                                labels.displayName(),
                                labels.description(),
                                labels.experimentName(),
                                labels.tags(),
                                labels.properties()))
                .build();
    }
}
