package dev.windrow.spec;

import dev.windrow.model.DataType;
import dev.windrow.model.FailureLimits;
import dev.windrow.model.Identity;
import dev.windrow.model.InputMode;
import dev.windrow.model.JobName;
import dev.windrow.model.JobResources;
import dev.windrow.model.LiteralKind;
import dev.windrow.model.LoggingLevel;
import dev.windrow.model.OutputMode;
import dev.windrow.model.PlanLimits;
import dev.windrow.model.Range;
import dev.windrow.model.RetrySettings;
import dev.windrow.model.RunSettings;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every field of a job file, in the order it is written: the one table for reader and schema. */
final class FieldTable {
    private static final FieldType TEXT = new FieldType.Text();
    private static final FieldType CARRIED = new FieldType.Carried();
    private static final Map<Section, Map<String, Field>> TABLE = new EnumMap<>(Section.class);

    static {
        put(Section.JOB, Stream.concat(jobHead(), jobTail()));
        put(Section.TASK, task());
        put(Section.ENVIRONMENT, environment());
        put(Section.BUILD, build());
        put(Section.RETRY_SETTINGS, retrySettings());
        put(Section.RESOURCES, resources());
        put(Section.IDENTITY, identity());
        put(Section.INPUT, input());
        put(Section.OUTPUT, output());
    }

    private FieldTable() {}

    /** Gives the fields of a section by name, in the order they are written. */
    static Map<String, Field> of(Section section) {
        return Objects.requireNonNull(TABLE.get(section));
    }

    /** Gives the section that a mapping in a field of this type is read by. */
    static Section below(FieldType type) {
        return switch (type) {
            case FieldType.Nested nested -> nested.section();
            case FieldType.TextOrNested nested -> nested.section();
            case FieldType.Named named -> named.section();
            case FieldType.Text _,
                    FieldType.Shaped _,
                    FieldType.Whole _,
                    FieldType.Flag _,
                    FieldType.Choice _,
                    FieldType.Size _,
                    FieldType.TextMap _,
                    FieldType.Texts _,
                    FieldType.Reference _,
                    FieldType.TextOrCarried _,
                    FieldType.Scalar _,
                    FieldType.Carried _,
                    FieldType.Refused _ ->
                    throw new IllegalArgumentException(type + " (expected: a type with a section)");
        };
    }

    private static void put(Section section, Stream<Field> fields) {
        Map<String, Field> byName = new LinkedHashMap<>();
        fields.forEach(field -> byName.put(field.name(), field));
        TABLE.put(section, Collections.unmodifiableMap(byName));
    }

    private static Stream<Field> jobHead() {
        return Stream.of(
                may("$schema", CARRIED, "Carried along; what a job is, type says."),
                must("type", choice(List.of("parallel")), "What kind of job this is."),
                may(
                        "name",
                        new FieldType.Shaped("[A-Za-z0-9][A-Za-z0-9_.-]{0,254}", JobName.RULE),
                        "Name of the job, unique in its workspace."),
                may("version", CARRIED, "Version of a component; carried along."),
                may("display_name", TEXT, "Name shown to people."),
                may("description", TEXT, "What the job is for."),
                may("tags", new FieldType.TextMap(), "Free labels."),
                may("properties", new FieldType.TextMap(), "Further labels, not to be changed."),
                may("experiment_name", TEXT, "Group of jobs this one belongs to."),
                may("services", CARRIED, "Links of a finished job; carried along."),
                may(
                        "component",
                        new FieldType.Refused("components are not built yet; write task inline"),
                        "A component instead of a task."),
                may("compute", TEXT, "Where the job runs."),
                may("identity", nested(Section.IDENTITY), "Whose credentials the job uses."),
                may(
                        "inputs",
                        new FieldType.Named(Section.INPUT, "a literal"),
                        "The input to be split, and side inputs."),
                may(
                        "outputs",
                        new FieldType.Named(Section.OUTPUT, "a path"),
                        "Where results are written."));
    }

    private static Stream<Field> jobTail() {
        return Stream.of(
                must("input_data", reference("inputs"), "The one input that is split."),
                may(
                        "output_data",
                        reference("outputs"),
                        "The output Azure takes for the main one."),
                may(
                        "mini_batch_size",
                        new FieldType.Size(),
                        "Files, or bytes of a table, in one mini-batch; a job has at most %d mini-batches."
                                .formatted(PlanLimits.MINI_BATCHES_MAX)),
                may(
                        "partition_keys",
                        new FieldType.Texts(false),
                        "One mini-batch for each combination of these keys."),
                may(
                        "mini_batch_error_threshold",
                        whole(FailureLimits.LIMIT),
                        "Failed mini-batches borne; -1 bears all."),
                may(
                        "error_threshold",
                        whole(FailureLimits.LIMIT),
                        "Failed items borne; -1 bears all."),
                may(
                        "max_concurrency_per_instance",
                        whole(RunSettings.CONCURRENCY),
                        "Workers on each instance."),
                may(
                        "logging_level",
                        choice(names(LoggingLevel.values(), Enum::name)),
                        "How much the system's own logs tell."),
                may(
                        "retry_settings",
                        nested(Section.RETRY_SETTINGS),
                        "How often and how long a mini-batch is tried."),
                may("resources", nested(Section.RESOURCES), "The instances asked for."),
                may(
                        "instance_count",
                        whole(JobResources.INSTANCES),
                        "The same as resources.instance_count."),
                may(
                        "environment_variables",
                        new FieldType.TextMap(),
                        "Set in the processes that run the script; ${{secrets.NAME}} stands for a secret."),
                may("is_deterministic", new FieldType.Flag(), "Whether old output may be reused."),
                may("code", TEXT, "The same as task.code."),
                may("append_row_to", reference("outputs"), "The same as task.append_row_to."),
                must("task", nested(Section.TASK), "The script and how it is called."));
    }

    private static Stream<Field> task() {
        return Stream.of(
                must(
                        "type",
                        choice(List.of("run_function", "function")),
                        "What kind of task; function is the old word for run_function."),
                may("code", TEXT, "Folder with the script."),
                must("entry_script", TEXT, "Path of the script in the code, or a dotted module."),
                may(
                        "environment",
                        new FieldType.TextOrNested(Section.ENVIRONMENT),
                        "The software the script runs with."),
                may("program_arguments", TEXT, "Arguments for the script and for the system."),
                may("model", CARRIED, "Not used by run_function; carried along."),
                may(
                        "append_row_to",
                        reference("outputs"),
                        "The output that rows are appended to."));
    }

    private static Stream<Field> environment() {
        return Stream.of(
                may("$schema", CARRIED, "Carried along."),
                may("name", CARRIED, "Name of the environment; carried along."),
                may("version", CARRIED, "Version of the environment; carried along."),
                may("description", CARRIED, "Carried along."),
                may("tags", CARRIED, "Carried along."),
                may("image", TEXT, "Container image."),
                may("conda_file", new FieldType.TextOrCarried(), "Conda file, or its content."),
                may("build", nested(Section.BUILD), "How the image is built."),
                may("os_type", CARRIED, "Carried along."),
                may("inference_config", CARRIED, "Carried along."));
    }

    private static Stream<Field> build() {
        return Stream.of(
                may("path", TEXT, "Folder of the build context."),
                may("dockerfile_path", CARRIED, "Dockerfile in the build context."));
    }

    private static Stream<Field> retrySettings() {
        return Stream.of(
                may(
                        "max_retries",
                        whole(RetrySettings.MAX_RETRIES),
                        "Retries after the first attempt."),
                may("timeout", whole(RetrySettings.SECONDS), "Seconds for one run() call."));
    }

    private static Stream<Field> resources() {
        return Stream.of(
                may("instance_count", whole(JobResources.INSTANCES), "Number of instances."),
                may(
                        "max_instance_count",
                        new FieldType.Whole(Range.atLeast(1), false),
                        "Upper bound of instances."),
                may("instance_type", new FieldType.Texts(true), "Type of instance."),
                may(
                        "shm_size",
                        new FieldType.Shaped(
                                "(?=.*[1-9])[0-9]+(\\.[0-9]+)?[bkmgBKMG]", JobResources.SHM_RULE),
                        "Size of shared memory."),
                may("docker_args", new FieldType.Texts(true), "Arguments for docker run."),
                may("locations", new FieldType.Texts(true), "Regions to choose from."),
                may("properties", CARRIED, "Hints for Azure's queues; carried along."));
    }

    private static Stream<Field> identity() {
        List<String> kinds = names(Identity.Kind.values(), Identity.Kind::yaml);
        return Stream.of(
                must("type", choice(kinds), "The kind of identity."),
                may("client_id", CARRIED, "Carried along."),
                may("object_id", CARRIED, "Carried along."),
                may("msi_resource_id", CARRIED, "Carried along."));
    }

    private static Stream<Field> input() {
        List<String> types =
                Stream.concat(
                                names(DataType.values(), DataType::yaml).stream(),
                                names(LiteralKind.values(), LiteralKind::yaml).stream())
                        .toList();
        return Stream.of(
                may("type", choice(types), "What the input is."),
                may("path", TEXT, "Where the data is."),
                may(
                        "mode",
                        choice(names(InputMode.values(), InputMode::yaml)),
                        "How the data reaches the script."),
                may("description", CARRIED, "What the input is for."),
                may("optional", new FieldType.Flag(), "Whether the input may have no value."),
                may("default", new FieldType.Scalar(), "Value of a literal."),
                may("min", new FieldType.Scalar(), "Least value of a literal."),
                may("max", new FieldType.Scalar(), "Greatest value of a literal."),
                may("enum", new FieldType.Texts(false), "Values a literal may have."));
    }

    private static Stream<Field> output() {
        return Stream.of(
                may("type", choice(names(DataType.values(), DataType::yaml)), "What is written."),
                may(
                        "mode",
                        choice(names(OutputMode.values(), OutputMode::yaml)),
                        "How it reaches the path."),
                may("path", TEXT, "Where it is written."),
                may(
                        "overwrite",
                        new FieldType.Flag(),
                        "Not Azure's: false refuses a job whose output is there already."),
                may("description", CARRIED, "What the output is for."),
                may("name", CARRIED, "Name to register the output under."),
                may("version", CARRIED, "Version to register the output under."));
    }

    private static Field must(String name, FieldType type, String about) {
        return new Field(name, type, true, about);
    }

    private static Field may(String name, FieldType type, String about) {
        return new Field(name, type, false, about);
    }

    private static FieldType whole(Range range) {
        return new FieldType.Whole(range, true);
    }

    private static FieldType choice(List<String> values) {
        return new FieldType.Choice(values);
    }

    private static FieldType reference(String space) {
        return new FieldType.Reference(space);
    }

    private static FieldType nested(Section section) {
        return new FieldType.Nested(section);
    }

    private static <T> List<String> names(T[] values, Function<T, String> name) {
        return Arrays.stream(values).map(name).toList();
    }
}
