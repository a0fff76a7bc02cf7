package dev.windrow.client;

import dev.windrow.model.Bindable;
import dev.windrow.model.Identity;
import dev.windrow.model.Input;
import dev.windrow.model.JobName;
import dev.windrow.model.JobResources;
import dev.windrow.model.LoggingLevel;
import dev.windrow.model.MiniBatchSize;
import dev.windrow.model.Output;
import dev.windrow.model.RetrySettings;
import dev.windrow.model.RunFunction;
import dev.windrow.spec.InvalidJobException;
import dev.windrow.spec.JobPaths;
import dev.windrow.spec.JobReader;
import dev.windrow.spec.JobWriter;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.Mistake;
import dev.windrow.spec.Notice;
import dev.windrow.spec.ReadOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A parallel job that can be submitted: what is to be run, and the folder its relative paths start
 * from. Immutable; what becomes of it once submitted is told by {@link SubmittedJob}.
 *
 * <p>Two jobs are equal when they ask for the same, wherever their relative paths start from.
 */
public final class ParallelJob {
    private static final String SOURCE = "job";

    private final dev.windrow.model.ParallelJob spec;
    private final Path basePath;
    private final List<Notice> notices;
    private final dev.windrow.model.ParallelJob located;

    private ParallelJob(dev.windrow.model.ParallelJob spec, Path basePath, List<Notice> notices) {
        this.spec = spec;
        this.basePath = basePath.toAbsolutePath().normalize();
        this.notices = List.copyOf(notices);
        this.located = JobPaths.located(this.basePath).of(spec);
    }

    /** Starts a job. */
    public static ParallelJobBuilder builder() {
        return new ParallelJobBuilder();
    }

    /** Wraps a job that was put together from its records. */
    public static ParallelJob of(dev.windrow.model.ParallelJob spec, Path basePath) {
        return new ParallelJob(spec, basePath, List.of());
    }

    /**
     * Reads a job file; its relative paths start from its folder.
     *
     * @throws IOException when the file cannot be read
     * @throws InvalidJobException with every mistake of the job
     */
    public static ParallelJob load(Path file) throws IOException {
        return of(JobReader.read(file, ReadOptions.plain()));
    }

    static ParallelJob parse(String yaml, String source, Path basePath) {
        return of(JobReader.read(yaml, source, basePath, ReadOptions.plain()));
    }

    /**
     * Lets the reader of job files find all mistakes; the text it reads is nobody's, so no line.
     */
    static ParallelJob built(Map<String, Object> tree, Path basePath) {
        try {
            return parse(Json.asciiText(tree), SOURCE, basePath);
        } catch (InvalidJobException invalid) {
            throw new InvalidJobException(
                    SOURCE, invalid.mistakes().stream().map(ParallelJob::withoutPlace).toList());
        }
    }

    private static ParallelJob of(LoadedJob loaded) {
        return new ParallelJob(loaded.job(), loaded.baseFolder(), loaded.warnings());
    }

    private static Mistake withoutPlace(Mistake one) {
        return new Mistake(one.code(), one.message(), one.path(), 0, 0, one.value(), one.rule());
    }

    /** Gives the job as its records. */
    public dev.windrow.model.ParallelJob spec() {
        return spec;
    }

    /** Gives the absolute folder that relative paths start from. */
    public Path basePath() {
        return basePath;
    }

    /** Gives what its author should know, such as keys that have no effect. */
    public List<Notice> notices() {
        return notices;
    }

    /**
     * Gives {@code NotStarted}, as it has not been submitted. What a server knows of one that was,
     * {@link SubmittedJob#status} tells.
     */
    public JobStatus status() {
        return JobStatus.NOT_STARTED;
    }

    /** Gives {@code parallel}. */
    public String type() {
        return "parallel";
    }

    /** Gives the name; empty when one is to be made up. */
    public Optional<String> name() {
        return spec.labels().name().map(JobName::value);
    }

    /** Gives the version that is carried along. */
    public Optional<String> version() {
        @Nullable Object version = spec.kept().get("version");
        return Optional.ofNullable(version).map(String::valueOf);
    }

    /** Gives the name shown to people. */
    public Optional<String> displayName() {
        return spec.labels().displayName();
    }

    /** Gives what the job is for. */
    public Optional<String> description() {
        return spec.labels().description();
    }

    /** Gives the group of jobs it belongs to. */
    public Optional<String> experimentName() {
        return spec.labels().experimentName();
    }

    /** Gives the labels that can be changed. */
    public Map<String, String> tags() {
        return spec.labels().tags();
    }

    /** Gives the labels that cannot be changed. */
    public Map<String, String> properties() {
        return spec.labels().properties();
    }

    /** Gives where the job runs. */
    public Optional<String> compute() {
        return spec.placement().compute();
    }

    /** Gives whose credentials the job uses. */
    public Optional<Identity> identity() {
        return spec.placement().identity();
    }

    /** Gives the instances asked for. */
    public JobResources resources() {
        return spec.placement().resources();
    }

    /** Gives the inputs by name. */
    public Map<String, Input> inputs() {
        return spec.inputs();
    }

    /** Gives the outputs by name. */
    public Map<String, Output> outputs() {
        return spec.outputs();
    }

    /** Gives the name of the input that is split. */
    public String inputData() {
        return spec.split().input();
    }

    /** Gives the name of the output that Azure takes for the main one. */
    public Optional<String> outputData() {
        return spec.outputData();
    }

    /** Gives the size of a mini-batch, or the input it is bound to. */
    public Optional<Bindable<MiniBatchSize>> miniBatchSize() {
        return spec.split().miniBatchSize();
    }

    /** Gives the keys that make mini-batches. */
    public List<String> partitionKeys() {
        return spec.split().partitionKeys();
    }

    /** Gives the failed items borne. */
    public Optional<Bindable<Integer>> errorThreshold() {
        return spec.settings().failureLimits().errorThreshold();
    }

    /** Gives the failed mini-batches borne. */
    public Optional<Bindable<Integer>> miniBatchErrorThreshold() {
        return spec.settings().failureLimits().miniBatchErrorThreshold();
    }

    /** Gives how often and how long a mini-batch is tried. */
    public RetrySettings retrySettings() {
        return spec.settings().retrySettings();
    }

    /** Gives the workers on each instance. */
    public Optional<Bindable<Integer>> maxConcurrencyPerInstance() {
        return spec.settings().maxConcurrencyPerInstance();
    }

    /** Gives how much the system's own logs tell. */
    public Optional<LoggingLevel> loggingLevel() {
        return spec.settings().loggingLevel();
    }

    /** Gives the variables of the processes that run the script. */
    public Map<String, String> environmentVariables() {
        return spec.settings().environmentVariables();
    }

    /** Gives whether a former run's output may be used again. */
    public Optional<Boolean> isDeterministic() {
        return spec.isDeterministic();
    }

    /** Gives the script and how it is called. */
    public RunFunction task() {
        return spec.task();
    }

    /** Gives the job as YAML, its relative paths as they are. */
    public String yaml() {
        return JobWriter.yaml(spec);
    }

    /**
     * Writes the job to a new file; its relative paths are rewritten to start from the file's
     * folder, so that {@link #load} gives an equal job.
     *
     * @throws java.nio.file.FileAlreadyExistsException when the file exists
     * @throws java.nio.file.NoSuchFileException when the file's folder does not exist
     */
    public void dump(Path file) throws IOException {
        dump(file, false);
    }

    /**
     * Writes the job to a file as {@link #dump(Path)} does.
     *
     * @param overwrite whether an existing file is replaced; the replacement is atomic
     */
    public void dump(Path file, boolean overwrite) throws IOException {
        JobWriter.dump(spec, basePath, file, overwrite);
    }

    /** Writes the job in UTF-8 with its paths as they are; the stream is flushed and stays open. */
    public void dump(OutputStream out) throws IOException {
        JobWriter.dump(spec, new OutputStreamWriter(out, StandardCharsets.UTF_8));
        if (out instanceof PrintStream print && print.checkError()) {
            throw unwritten();
        }
    }

    /** Writes the job with its paths as they are; the writer is flushed and stays open. */
    public void dump(Writer out) throws IOException {
        JobWriter.dump(spec, out);
        if (out instanceof PrintWriter print && print.checkError()) {
            throw unwritten();
        }
    }

    /** Printers swallow what goes wrong and only remember that it did. */
    private static IOException unwritten() {
        return new IOException("dest: not written (expected: a stream that takes the whole job)");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ParallelJob job && located.equals(job.located);
    }

    @Override
    public int hashCode() {
        return located.hashCode();
    }

    @Override
    public String toString() {
        return "ParallelJob[" + name().orElse("unnamed") + " in " + basePath + "]";
    }
}
