package dev.windrow.client;

import dev.windrow.model.DataType;
import dev.windrow.model.Identity;
import dev.windrow.model.LoggingLevel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Collects the fields of a job. Nothing is checked before {@link #build}, which reports all
 * mistakes at once. Not for more than one thread.
 */
public final class ParallelJobBuilder {
    private final Fields fields = new Fields();
    private Path basePath = Path.of("");

    ParallelJobBuilder() {
        fields.put("type", "parallel");
    }

    /** Gives the expression that names an input or output; one that is given as such stays. */
    static String reference(String space, String name) {
        return name.contains("${{") ? name : "${{" + space + "." + name + "}}";
    }

    /** Sets the name, unique in its workspace; made up at submit unless set. */
    public ParallelJobBuilder name(String name) {
        return put("name", name);
    }

    /** Sets the version of a component; carried along, without effect. */
    public ParallelJobBuilder version(String version) {
        return put("version", version);
    }

    /** Sets the name shown to people. */
    public ParallelJobBuilder displayName(String name) {
        return put("display_name", name);
    }

    /** Sets what the job is for. */
    public ParallelJobBuilder description(String text) {
        return put("description", text);
    }

    /** Sets the group of jobs that this one belongs to. */
    public ParallelJobBuilder experimentName(String name) {
        return put("experiment_name", name);
    }

    /** Adds a label that can be changed later. */
    public ParallelJobBuilder tag(String name, String value) {
        return putIn("tags", name, value);
    }

    /** Adds labels that can be changed later. */
    public ParallelJobBuilder tags(Map<String, String> tags) {
        tags.forEach(this::tag);
        return this;
    }

    /** Adds a label that can never be changed. */
    public ParallelJobBuilder property(String name, String value) {
        return putIn("properties", name, value);
    }

    /** Adds labels that can never be changed. */
    public ParallelJobBuilder properties(Map<String, String> properties) {
        properties.forEach(this::property);
        return this;
    }

    /** Sets where the job runs; {@code local} is the server's own machine. */
    public ParallelJobBuilder compute(String compute) {
        return put("compute", compute);
    }

    /** Sets whose credentials the job uses. */
    public ParallelJobBuilder identity(Identity.Kind kind) {
        return put("identity", Map.of("type", kind.yaml()));
    }

    /** Sets the folder that relative paths start from; the current folder unless set. */
    public ParallelJobBuilder basePath(Path folder) {
        basePath = folder;
        return this;
    }

    /** Adds an input of data. */
    public ParallelJobBuilder input(String name, Consumer<InputBuilder> filling) {
        InputBuilder input = new InputBuilder();
        filling.accept(input);
        return putIn("inputs", name, input.fields().tree());
    }

    /** Adds an input folder. */
    public ParallelJobBuilder inputFolder(String name, String path) {
        return input(name, input -> input.type(DataType.URI_FOLDER).path(path));
    }

    /** Adds an input file. */
    public ParallelJobBuilder inputFile(String name, String path) {
        return input(name, input -> input.type(DataType.URI_FILE).path(path));
    }

    /** Adds a text for the script; never a path. */
    public ParallelJobBuilder literal(String name, String text) {
        return putLiteral(name, "string", text);
    }

    /** Adds a whole number for the script. */
    public ParallelJobBuilder literal(String name, long number) {
        return putLiteral(name, "integer", number);
    }

    /** Adds a number for the script. */
    public ParallelJobBuilder literal(String name, double number) {
        return putLiteral(name, "number", number);
    }

    /** Adds a truth value for the script. */
    public ParallelJobBuilder literal(String name, boolean value) {
        return putLiteral(name, "boolean", value);
    }

    /** Adds an output. */
    public ParallelJobBuilder output(String name, Consumer<OutputBuilder> filling) {
        OutputBuilder output = new OutputBuilder();
        filling.accept(output);
        return putIn("outputs", name, output.fields().tree());
    }

    /** Adds an output folder. */
    public ParallelJobBuilder outputFolder(String name, String path) {
        return output(name, output -> output.type(DataType.URI_FOLDER).path(path));
    }

    /** Adds an output file. */
    public ParallelJobBuilder outputFile(String name, String path) {
        return output(name, output -> output.type(DataType.URI_FILE).path(path));
    }

    /** Sets the one input that is split: its name, or <code>${{inputs.NAME}}</code>. */
    public ParallelJobBuilder inputData(String input) {
        return put("input_data", reference("inputs", input));
    }

    /** Sets the output that Azure takes for the main one, by name. */
    public ParallelJobBuilder outputData(String output) {
        return put("output_data", reference("outputs", output));
    }

    /** Sets files, or bytes of a table, in one mini-batch: digits, also with kb, mb or gb. */
    public ParallelJobBuilder miniBatchSize(String size) {
        return put("mini_batch_size", size);
    }

    /** Asks for one mini-batch for each combination of these keys; wins over the size. */
    public ParallelJobBuilder partitionKeys(String... keys) {
        return put("partition_keys", List.of(keys));
    }

    /** Sets the failed items borne; -1 bears any number. */
    public ParallelJobBuilder errorThreshold(int items) {
        return put("error_threshold", items);
    }

    /** Binds the failed items borne to a literal input. */
    public ParallelJobBuilder errorThreshold(String binding) {
        return put("error_threshold", binding);
    }

    /** Sets the failed mini-batches borne; -1 bears any number. */
    public ParallelJobBuilder miniBatchErrorThreshold(int miniBatches) {
        return put("mini_batch_error_threshold", miniBatches);
    }

    /** Binds the failed mini-batches borne to a literal input. */
    public ParallelJobBuilder miniBatchErrorThreshold(String binding) {
        return put("mini_batch_error_threshold", binding);
    }

    /** Sets the workers on each instance, 1 or more. */
    public ParallelJobBuilder maxConcurrencyPerInstance(int workers) {
        return put("max_concurrency_per_instance", workers);
    }

    /** Binds the workers on each instance to a literal input. */
    public ParallelJobBuilder maxConcurrencyPerInstance(String binding) {
        return put("max_concurrency_per_instance", binding);
    }

    /** Sets how much the system's own logs tell. */
    public ParallelJobBuilder loggingLevel(LoggingLevel level) {
        return put("logging_level", level.name());
    }

    /** Sets how often and how long a mini-batch is tried. */
    public ParallelJobBuilder retrySettings(Consumer<RetrySettingsBuilder> filling) {
        fields.putPart(
                "retry_settings", RetrySettingsBuilder::new, filling, RetrySettingsBuilder::fields);
        return this;
    }

    /** Sets the instances asked for. */
    public ParallelJobBuilder resources(Consumer<JobResourcesBuilder> filling) {
        fields.putPart("resources", JobResourcesBuilder::new, filling, JobResourcesBuilder::fields);
        return this;
    }

    /** Adds a variable of the processes that run the script. */
    public ParallelJobBuilder environmentVariable(String name, String value) {
        return putIn("environment_variables", name, value);
    }

    /** Adds variables of the processes that run the script. */
    public ParallelJobBuilder environmentVariables(Map<String, String> variables) {
        variables.forEach(this::environmentVariable);
        return this;
    }

    /** Sets whether a former run's output may be used again. */
    public ParallelJobBuilder isDeterministic(boolean value) {
        return put("is_deterministic", value);
    }

    /** Sets the script and how it is called. */
    public ParallelJobBuilder task(Consumer<RunFunctionBuilder> filling) {
        fields.putPart("task", RunFunctionBuilder::new, filling, RunFunctionBuilder::fields);
        return this;
    }

    /**
     * Makes the job. Files are not looked at; a submit does that.
     *
     * @throws dev.windrow.spec.InvalidJobException with every mistake of the job
     */
    public ParallelJob build() {
        return ParallelJob.built(fields.tree(), basePath);
    }

    private ParallelJobBuilder put(String key, Object value) {
        fields.put(key, value);
        return this;
    }

    private ParallelJobBuilder putIn(String key, String name, Object value) {
        fields.putIn(key, name, value);
        return this;
    }

    /** In full, so that a text that looks like a path or a number stays a text. */
    private ParallelJobBuilder putLiteral(String name, String type, Object value) {
        return putIn("inputs", name, Map.of("type", type, "default", value));
    }
}
