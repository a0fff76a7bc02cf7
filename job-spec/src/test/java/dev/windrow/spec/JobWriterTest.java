package dev.windrow.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.model.Input;
import dev.windrow.model.ParallelJob;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobWriterTest {
    private final ParallelJob job = read(JobReaderTest.FULL);

    @Test
    void writesKeysInTheOrderOfTheSchemaAndLeavesOutWhatIsUnset() throws IOException {
        String yaml =
                """
                task: {append_row_to: "${{outputs.o}}", entry_script: s.py, type: run_function}
                zeta: 1
                input_data: ${{inputs.d}}
                outputs: {o: }
                inputs: {d: {path: ./d}, note: "12", text: "two\\nlines"}
                tags: {}
                name: n
                type: parallel
                """;
        StringWriter out = new StringWriter();

        JobWriter.dump(read(yaml), out);

        assertThat(out)
                .hasToString(
                        """
                        type: parallel
                        name: n
                        inputs:
                          d:
                            path: ./d
                          note: "12"
                          text: "two\\nlines"
                        outputs:
                          o: {}
                        input_data: ${{inputs.d}}
                        task:
                          type: run_function
                          entry_script: s.py
                          append_row_to: ${{outputs.o}}
                        zeta: 1
                        """);
    }

    @Test
    void keepsAnExistingFileUnlessToldOtherwise(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("job.yml");
        Files.writeString(file, "precious");

        assertThatThrownBy(() -> JobWriter.dump(job, folder, file, false))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("precious");

        JobWriter.dump(job, folder, file, true);
        assertThat(JobReader.read(file, ReadOptions.plain()).job()).isEqualTo(job);
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void refusesAFolderThatDoesNotExist(@TempDir Path folder) {
        assertThatThrownBy(() -> JobWriter.dump(job, folder, folder.resolve("no/job.yml"), false))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void rebasesRelativePathsToTheFolderItWritesTo(@TempDir Path folder) throws IOException {
        Path file = Files.createDirectories(folder.resolve("jobs/deep")).resolve("job.yml");

        JobWriter.dump(job, folder, file, false);

        ParallelJob written = JobReader.read(file, ReadOptions.plain()).job();
        assertThat(written.task().code()).contains("../../src");
        assertThat(written.inputs().values().stream().filter(Input.Data.class::isInstance))
                .extracting(input -> ((Input.Data) input).path())
                .containsExactly("../../docs", "../../../weights");
        assertThat(written.outputs().values().stream().flatMap(out -> out.path().stream()))
                .containsExactly("../../out/${{name}}/lines.csv");
    }

    @Test
    void namesTheFirstFieldThatDiffers() {
        ParallelJob slower = read(JobReaderTest.FULL.replace("timeout: 120", "timeout: 240"));
        ParallelJob silent = read(JobReaderTest.FULL.replace("experiment_name: scoring\n", ""));

        assertThat(JobWriter.firstDifference(job, job)).isEmpty();
        assertThat(JobWriter.firstDifference(job, slower))
                .contains("retry_settings.timeout: 120 → 240");
        assertThat(JobWriter.firstDifference(job, silent))
                .contains("experiment_name: scoring → unset");
        assertThat(JobWriter.canonical(job)).isNotEqualTo(JobWriter.canonical(slower));
    }

    private static ParallelJob read(String yaml) {
        return JobReader.read(yaml, "job.yml", Path.of("/jobs"), ReadOptions.plain()).job();
    }
}
