package dev.windrow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.system.Windrow.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code overwrite: false} refuses to replace what is there, but only at the first submission. */
final class OverwriteIT {

    private static final String SCRIPT =
            """
            import os

            def run(mini_batch):
                if os.path.exists("STOP"):
                    raise RuntimeError("not yet")
                return list(mini_batch)
            """;

    @TempDir Path folder;

    private JobFixture job(String outputs) {
        JobFixture fixture =
                JobFixture.withFiles(folder.resolve("job"), 4)
                        .script(SCRIPT.replace("STOP", folder.resolve("stop").toString()))
                        .field("outputs", outputs)
                        .field("mini_batch_error_threshold", "0");
        fixture.write();
        return fixture;
    }

    private Finished windrow(String... words) {
        return new Windrow(folder.resolve("home")).run(folder.resolve("job"), words);
    }

    private static Path occupied(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "mine");
    }

    @Test
    void refusesAFileThatIsThereAndLeavesItAndNoJob() throws IOException {
        JobFixture fixture =
                job("{rows: {type: uri_file, path: ./out/rows.txt, overwrite: false}}");
        Path target = occupied(fixture.target());
        Finished refused = windrow("run", "job.yml", "-n", "once", "--json");
        assertThat(refused.exit()).isEqualTo(2);
        var error = JsonReport.of(refused).root().path("errors").path(0);
        assertThat(error.path("code").asString()).isEqualTo("OUTPUT_EXISTS");
        assertThat(error.path("path").asString()).isEqualTo("outputs.rows.path");
        assertThat(error.path("value").asString()).isEqualTo(target.toString());
        assertThat(error.path("rule").asString()).contains("overwrite is false");
        assertThat(error.path("line").asLong()).isEqualTo(3);
        assertThat(error.path("column").asLong()).isPositive();
        assertThat(target).hasContent("mine");
        assertThat(folder.resolve("home/jobs/once")).doesNotExist();
        assertThat(windrow("validate", "job.yml").exit()).isEqualTo(2);
        Files.delete(target);
        assertThat(windrow("validate", "job.yml").exit()).isZero();
        assertThat(windrow("run", "job.yml", "-n", "once").exit()).isZero();
        assertThat(Files.readAllLines(target)).hasSize(4);
    }

    @Test
    void aRepeatAndAResumeAreNotRefused() throws IOException {
        JobFixture fixture =
                job("{rows: {type: uri_file, path: ./out/rows.txt, overwrite: false}}");
        Path stop = Files.createFile(folder.resolve("stop"));
        assertThat(windrow("run", "job.yml", "-n", "again").exit()).isEqualTo(4);
        Files.delete(stop);
        // Whoever put it there: the job has been submitted.
        occupied(fixture.target());
        Finished resumed = windrow("resume", "again");
        assertThat(resumed.exit()).as(resumed.err()).isZero();
        assertThat(Files.readAllLines(fixture.target())).hasSize(4);
        Finished repeated = windrow("run", "job.yml", "-n", "again");
        assertThat(repeated.exit()).as(repeated.err()).isZero();
    }

    @Test
    void aFolderThatCollectsRowsMayHoldAnythingButTheirFile() throws IOException {
        JobFixture fixture = job("{rows: {path: ./out, overwrite: false}}");
        occupied(fixture.folder().resolve("out/other.txt"));
        assertThat(windrow("run", "job.yml", "-n", "first").exit()).isZero();
        Finished second = windrow("run", "job.yml", "-n", "second");
        assertThat(second.exit()).isEqualTo(2);
        assertThat(second.err()).contains("parallel_run_step.txt", "outputs.rows.path");
    }

    @Test
    void anotherFolderHasToBeEmpty() throws IOException {
        JobFixture fixture =
                job(
                        "{rows: {type: uri_file, path: ./out/rows.txt}, more: {path: ./more, overwrite: false}}");
        Path other = occupied(fixture.folder().resolve("more/other.txt"));
        Finished refused = windrow("run", "job.yml");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("outputs.more.path", "empty folder");
        Files.delete(other);
        assertThat(windrow("run", "job.yml").exit()).isZero();
    }

    @Test
    void replacesUnlessToldOtherwise() throws IOException {
        JobFixture fixture = job("{rows: {type: uri_file, path: ./out/rows.txt, overwrite: true}}");
        occupied(fixture.target());
        assertThat(windrow("run", "job.yml").exit()).isZero();
        assertThat(Files.readAllLines(fixture.target())).hasSize(4);
    }
}
