package dev.windrow.runtime;

import dev.windrow.disk.DurableFiles;
import dev.windrow.model.EffectiveSettings.Tolerance;
import dev.windrow.model.PythonRule;
import dev.windrow.model.VirtualEnvironment;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.compute.StorePlace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * What has to be known beside the ledger to run a job again from any folder, kept in the job's own
 * folder.
 *
 * @param base absolute folder that the job's relative paths start from
 * @param choices of the command line
 * @param newCode digest of code that replaced the submitted one
 * @param outputs where each output will be
 * @param rows the output that collects rows
 * @param partial where those rows are kept when the job does not complete
 * @param tolerance how many failures the job bears
 * @param times of the last run that reached an end
 */
record RunRecord(
        Path base,
        Choices choices,
        Optional<String> newCode,
        Map<String, String> outputs,
        Optional<String> rows,
        Optional<Path> partial,
        Tolerance tolerance,
        Optional<RunTimes> times) {

    private static final String OUTPUT = "output.";
    private static final String DATASTORE = "datastore.";

    RunRecord {
        outputs = new LinkedHashMap<>(outputs);
    }

    /**
     * What was chosen on the command line and is no part of the job.
     *
     * @param overridden dotted paths of the job that came from the command line
     * @param datastores what names of datastores meant when the job was submitted
     * @param cluster name of the compute it was submitted to; empty for this machine
     * @param environment as the conda file had it when the job was submitted
     */
    record Choices(
            Optional<String> python,
            OptionalInt instances,
            Set<String> overridden,
            Map<String, StorePlace> datastores,
            Optional<String> cluster,
            Optional<VirtualEnvironment> environment) {}

    static RunRecord of(PreparedRun run) {
        RunRequest request = run.request();
        return new RunRecord(
                request.loaded().baseFolder(),
                new Choices(
                        request.python(),
                        request.instances(),
                        request.loaded().overridden(),
                        request.datastores(),
                        request.cluster(),
                        request.environment()),
                Optional.empty(),
                run.outputs(),
                request.loaded().job().task().appendRowTo(),
                run.places().partialOutput(run.settings().rowOutput().fileName()),
                run.settings().tolerance(),
                Optional.empty());
    }

    /** For a job whose record is lost: it is read from the job's folder then. */
    static RunRecord unknown(JobFolder folder) {
        return new RunRecord(
                folder.root(),
                new Choices(
                        Optional.empty(),
                        OptionalInt.empty(),
                        Set.of(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Tolerance.DEFAULT,
                Optional.empty());
    }

    RunRecord withNewCode(Optional<String> digest) {
        return new RunRecord(base, choices, digest, outputs, rows, partial, tolerance, times);
    }

    RunRecord withTimes(RunTimes taken) {
        return new RunRecord(
                base, choices, newCode, outputs, rows, partial, tolerance, Optional.of(taken));
    }

    /** Replaces the file as a whole; the new one is on disk before it takes the place. */
    void save(JobFolder folder) throws IOException {
        Properties fields = new Properties();
        fields.setProperty("base", base.toString());
        choices.python().ifPresent(value -> fields.setProperty("python", value));
        choices.instances()
                .ifPresent(value -> fields.setProperty("instances", Integer.toString(value)));
        fields.setProperty("overridden", String.join("\n", new TreeSet<>(choices.overridden())));
        choices.datastores()
                .forEach((name, place) -> fields.setProperty(DATASTORE + name, place.text()));
        choices.cluster().ifPresent(value -> fields.setProperty("cluster", value));
        choices.environment().ifPresent(made -> put(fields, made));
        newCode.ifPresent(value -> fields.setProperty("code", value));
        rows.ifPresent(value -> fields.setProperty("rows", value));
        partial.ifPresent(path -> fields.setProperty("partial", path.toString()));
        fields.setProperty("outputs", String.join("\n", outputs.keySet()));
        outputs.forEach((name, path) -> fields.setProperty(OUTPUT + name, path));
        fields.setProperty("error_threshold", Long.toString(tolerance.errorThreshold()));
        fields.setProperty(
                "mini_batch_error_threshold", Long.toString(tolerance.miniBatchErrorThreshold()));
        fields.setProperty(
                "allowed_failed_percent", Integer.toString(tolerance.allowedFailedPercent()));
        times.ifPresent(taken -> put(fields, taken));
        Path fresh = folder.record().resolveSibling("run.properties.new");
        try (OutputStream out = Files.newOutputStream(fresh)) {
            fields.store(out, null);
        }
        DurableFiles.place(fresh, folder.record());
    }

    /** What was kept of a job; empty when nothing was. */
    static Optional<RunRecord> load(JobFolder folder) throws IOException {
        Properties fields = new Properties();
        try (InputStream in = Files.newInputStream(folder.record())) {
            fields.load(in);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
        Map<String, String> outputs = new LinkedHashMap<>();
        for (String name : lines(fields, "outputs")) {
            outputs.put(name, fields.getProperty(OUTPUT + name, ""));
        }
        Optional<String> instances = text(fields, "instances");
        return Optional.of(
                new RunRecord(
                        Path.of(fields.getProperty("base", folder.root().toString())),
                        new Choices(
                                text(fields, "python"),
                                instances.isPresent()
                                        ? OptionalInt.of(Integer.parseInt(instances.get()))
                                        : OptionalInt.empty(),
                                new LinkedHashSet<>(lines(fields, "overridden")),
                                datastores(fields),
                                text(fields, "cluster"),
                                environment(fields)),
                        text(fields, "code"),
                        outputs,
                        text(fields, "rows"),
                        text(fields, "partial").map(Path::of),
                        tolerance(fields),
                        times(fields)));
    }

    private static void put(Properties fields, VirtualEnvironment made) {
        fields.setProperty("environment.python", made.python().text());
        fields.setProperty("environment.pip", String.join("\n", made.pip()));
    }

    private static Optional<VirtualEnvironment> environment(Properties fields) {
        return text(fields, "environment.python")
                .map(rule ->
                        new VirtualEnvironment(
                                new PythonRule(rule), lines(fields, "environment.pip")));
    }

    private static Map<String, StorePlace> datastores(Properties fields) {
        Map<String, StorePlace> paths = new LinkedHashMap<>();
        for (String key : new TreeSet<>(fields.stringPropertyNames())) {
            if (key.startsWith(DATASTORE)) {
                paths.put(
                        key.substring(DATASTORE.length()),
                        StorePlace.of(fields.getProperty(key, "")));
            }
        }
        return paths;
    }

    private static void put(Properties fields, RunTimes taken) {
        fields.setProperty("nanos.total", nanos(taken.total()));
        fields.setProperty("nanos.start", nanos(taken.start()));
        fields.setProperty("nanos.plan", nanos(taken.plan()));
        fields.setProperty("nanos.process", nanos(taken.process()));
        fields.setProperty("nanos.finalize", nanos(taken.finish()));
    }

    private static Tolerance tolerance(Properties fields) {
        return new Tolerance(
                Long.parseLong(fields.getProperty("error_threshold", "-1")),
                Long.parseLong(fields.getProperty("mini_batch_error_threshold", "-1")),
                Integer.parseInt(fields.getProperty("allowed_failed_percent", "100")));
    }

    private static Optional<RunTimes> times(Properties fields) {
        return text(fields, "nanos.total")
                .map(_ ->
                        new RunTimes(
                                duration(fields, "nanos.total"),
                                duration(fields, "nanos.start"),
                                duration(fields, "nanos.plan"),
                                duration(fields, "nanos.process"),
                                duration(fields, "nanos.finalize")));
    }

    private static Optional<String> text(Properties fields, String key) {
        return Optional.ofNullable(fields.getProperty(key));
    }

    private static List<String> lines(Properties fields, String key) {
        return fields.getProperty(key, "").lines().filter(line -> !line.isEmpty()).toList();
    }

    private static String nanos(Duration duration) {
        return Long.toString(duration.toNanos());
    }

    private static Duration duration(Properties fields, String key) {
        return Duration.ofNanos(Long.parseLong(fields.getProperty(key, "0")));
    }
}
