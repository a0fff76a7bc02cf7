package dev.windrow.client;

import dev.windrow.model.JobLabels;
import dev.windrow.model.JobName;
import dev.windrow.spec.InvalidJobException;
import dev.windrow.spec.JobReader;
import dev.windrow.spec.JobWriter;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.MistakeCode;
import dev.windrow.spec.ReadOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A job on its way to the server, under the name it will have. */
record Submission(String name, Map<String, @Nullable Object> document) {

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
            return Optional.of(JobReader.read(job.yaml(), "job", job.basePath(), reading));
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
