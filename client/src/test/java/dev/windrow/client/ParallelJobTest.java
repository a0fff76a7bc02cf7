package dev.windrow.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.windrow.model.Bindable;
import dev.windrow.model.DataType;
import dev.windrow.model.Environment;
import dev.windrow.model.Identity;
import dev.windrow.model.Input;
import dev.windrow.model.InputMode;
import dev.windrow.model.LiteralKind;
import dev.windrow.model.LoggingLevel;
import dev.windrow.model.MiniBatchSize;
import dev.windrow.model.Output;
import dev.windrow.model.OutputMode;
import dev.windrow.spec.InvalidJobException;
import dev.windrow.spec.Mistake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ParallelJobTest {

    @TempDir private Path folder;

    @Test
    void holdsEveryParameterItWasBuiltWith() {
        ParallelJob job = everything();
        assertThat(job.type()).isEqualTo("parallel");
        assertThat(job.name()).contains("night-run");
        assertThat(job.version()).contains("3");
        assertThat(job.displayName()).contains("Night");
        assertThat(job.description()).contains("Counts words \uD83C\uDF3E\n\tin \"texts\"");
        assertThat(job.experimentName()).contains("words");
        assertThat(job.tags()).containsExactlyEntriesOf(Map.of("team", "barn"));
        assertThat(job.properties()).containsEntry("ticket", "7");
        assertThat(job.compute()).contains("local");
        assertThat(job.identity()).contains(new Identity(Identity.Kind.USER_IDENTITY));
        assertThat(job.basePath()).isEqualTo(folder);
        assertThat(job.inputData()).isEqualTo("texts");
        assertThat(job.outputData()).contains("counts");
        assertThat(job.miniBatchSize()).contains(Bindable.of(new MiniBatchSize("4kb")));
        assertThat(job.partitionKeys()).containsExactly("year", "month");
        assertThat(job.errorThreshold()).contains(Bindable.of(-1));
        assertThat(job.miniBatchErrorThreshold()).contains(Bindable.to("bears"));
        assertThat(job.maxConcurrencyPerInstance()).contains(Bindable.of(2));
        assertThat(job.loggingLevel()).contains(LoggingLevel.DEBUG);
        assertThat(job.environmentVariables()).containsEntry("A", "1");
        assertThat(job.isDeterministic()).contains(false);
    }

    @Test
    void holdsTheNestedPartsItWasBuiltWith() {
        ParallelJob job = everything();
        assertThat(job.inputs())
                .containsEntry(
                        "texts",
                        new Input.Data(
                                Optional.of(DataType.URI_FOLDER),
                                "./texts",
                                Optional.of(InputMode.DOWNLOAD)))
                .containsEntry("word", Input.Literal.of("azureml:not-a-path"))
                .containsEntry("bears", Input.Literal.of(5))
                .containsEntry("share", new Input.Literal(LiteralKind.NUMBER, "0.5"))
                .containsEntry("flag", Input.Literal.of(true));
        assertThat(job.outputs())
                .containsEntry(
                        "counts",
                        new Output(
                                Optional.of(DataType.URI_FILE),
                                Optional.of(OutputMode.UPLOAD),
                                Optional.of("./counts.txt"),
                                Optional.of(false)));
        assertThat(job.resources().instanceCount()).contains(Bindable.of(2));
        assertThat(job.resources().instanceType()).containsExactly("small", "large");
        assertThat(job.resources().shmSize()).contains("2g");
        assertThat(job.resources().maxInstanceCount()).contains(4);
        assertThat(job.resources().dockerArgs()).containsExactly("--init");
        assertThat(job.resources().locations()).containsExactly("north");
        assertThat(job.retrySettings().maxRetries()).contains(Bindable.of(3));
        assertThat(job.retrySettings().timeout()).contains(Bindable.of(90));
        assertThat(job.task().code()).contains("./src");
        assertThat(job.task().entryScript()).isEqualTo("count.py");
        assertThat(job.task().programArguments()).contains("--top 3");
        assertThat(job.task().appendRowTo()).contains("counts");
        assertThat(job.task().environment()).contains(new Environment.Named("azureml:env@latest"));
    }

    private ParallelJob everything() {
        return ParallelJob.builder()
                .name("night-run")
                .version("3")
                .displayName("Night")
                .description("Counts words \uD83C\uDF3E\n\tin \"texts\"")
                .experimentName("words")
                .tags(Map.of("team", "barn"))
                .properties(Map.of("ticket", "7"))
                .compute("local")
                .identity(Identity.Kind.USER_IDENTITY)
                .basePath(folder)
                .input(
                        "texts",
                        in -> in.type(DataType.URI_FOLDER).path("./texts").mode(InputMode.DOWNLOAD))
                .literal("word", "azureml:not-a-path")
                .literal("bears", 5)
                .literal("share", 0.5)
                .literal("flag", true)
                .output(
                        "counts",
                        out ->
                                out.type(DataType.URI_FILE)
                                        .path("./counts.txt")
                                        .mode(OutputMode.UPLOAD)
                                        .overwrite(false))
                .inputData("${{inputs.texts}}")
                .outputData("counts")
                .miniBatchSize("4KB")
                .partitionKeys("year", "month")
                .errorThreshold(-1)
                .miniBatchErrorThreshold("${{inputs.bears}}")
                .maxConcurrencyPerInstance(2)
                .loggingLevel(LoggingLevel.DEBUG)
                .retrySettings(retry -> retry.maxRetries(3).timeout(Duration.ofSeconds(90)))
                .resources(resources ->
                        resources
                                .instanceCount(2)
                                .maxInstanceCount(4)
                                .instanceType("small", "large")
                                .shmSize("2g")
                                .dockerArgs("--init")
                                .locations("north")
                                .property("queue", "low"))
                .environmentVariables(Map.of("A", "1"))
                .isDeterministic(false)
                .task(task ->
                        task.code("./src")
                                .entryScript("count.py")
                                .programArguments("--top 3")
                                .environment("azureml:env@latest")
                                .appendRowTo("counts"))
                .build();
    }

    @Test
    void reportsAllMistakesAtOnceAndNoLinesOfATextThatNobodyWrote() {
        ParallelJobBuilder builder =
                ParallelJob.builder()
                        .name("no spaces")
                        .inputData("words")
                        .miniBatchSize("4 stones")
                        .errorThreshold(-2)
                        .literal("share", Double.NaN)
                        .retrySettings(
                                retry -> retry.maxRetries(-1).timeout(Duration.ofMillis(1500)))
                        .resources(resources -> resources.instanceCount(0));
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(builder::build)
                .satisfies(invalid ->
                        assertThat(invalid.mistakes())
                                .extracting(Mistake::path)
                                .contains(
                                        "name",
                                        "mini_batch_size",
                                        "error_threshold",
                                        "inputs.share.default",
                                        "retry_settings.max_retries",
                                        "retry_settings.timeout",
                                        "resources.instance_count",
                                        "task"))
                .satisfies(invalid ->
                        assertThat(invalid.mistakes()).extracting(Mistake::line).containsOnly(0))
                .withMessageContaining("error_threshold: -2 (expected: a whole number, -1 or more");
    }

    @Test
    void readsBackAnEqualJobFromAnotherFolder() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("deep/down"));
        ParallelJob job = everything();
        job.dump(folder.resolve("same.yml"));
        job.dump(elsewhere.resolve("moved.yml"));
        assertThat(ParallelJob.load(folder.resolve("same.yml"))).isEqualTo(job);
        ParallelJob moved = ParallelJob.load(elsewhere.resolve("moved.yml"));
        assertThat(moved).isEqualTo(job).hasSameHashCodeAs(job);
        assertThat(moved.task().code()).contains("../../src");
        assertThat(ParallelJob.of(job.spec(), elsewhere)).isNotEqualTo(job);
    }

    @Test
    void replacesAFileOnlyWhenAskedTo() throws IOException {
        Path file = folder.resolve("job.yml");
        ParallelJob job = Samples.counting(folder).build();
        Files.writeString(file, "mine");
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> job.dump(file));
        assertThat(file).hasContent("mine");
        job.dump(file, true);
        assertThat(ParallelJob.load(file)).isEqualTo(job);
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> job.dump(folder.resolve("missing/job.yml")));
    }

    @Test
    void leavesStreamsAndWritersOpen() throws IOException {
        ParallelJob job = Samples.counting(folder).description("Größe").build();
        Open out = new Open();
        job.dump(out);
        assertThat(out.closed).isFalse();
        String yaml = out.toString(StandardCharsets.UTF_8);
        assertThat(ParallelJob.parse(yaml, "dumped", folder)).isEqualTo(job);
        StringWriter writer = new StringWriter();
        job.dump(writer);
        assertThat(writer).hasToString(yaml);
    }

    private static final class Open extends ByteArrayOutputStream {
        private boolean closed;

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void saysWhenAStreamDoesNotTakeTheJob() {
        ParallelJob job = Samples.counting(folder).build();
        OutputStream full =
                new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw new IOException("full");
                    }
                };
        assertThatIOException().isThrownBy(() -> job.dump(full)).withMessage("full");
        assertThatIOException()
                .isThrownBy(() -> job.dump(new PrintStream(full, false, StandardCharsets.UTF_8)))
                .withMessageStartingWith("dest: not written");
        Writer closed =
                new Writer() {
                    @Override
                    public void write(char[] signs, int from, int count) throws IOException {
                        throw new IOException("closed");
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        assertThatIOException().isThrownBy(() -> job.dump(closed)).withMessage("closed");
    }

    @Test
    void keepsWhatAFileSaysBeyondItsFields() throws IOException {
        Path file = folder.resolve("job.yml");
        Files.writeString(
                file, Samples.counting(folder).build().yaml() + "version: 2\nmini_batch_sise: 3\n");
        ParallelJob job = ParallelJob.load(file);
        assertThat(job.version()).contains("2");
        assertThat(job.notices()).hasSize(1);
        assertThat(job.notices().getFirst().text()).contains("mini_batch_size");
        assertThat(job.basePath()).isEqualTo(folder);
    }
}
