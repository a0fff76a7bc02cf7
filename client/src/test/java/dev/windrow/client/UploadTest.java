package dev.windrow.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.windrow.runtime.host.HostLimits;
import dev.windrow.runtime.host.ServerConfig;
import dev.windrow.runtime.host.ServerProvider;
import dev.windrow.runtime.host.ServerProvider.RunningServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads to the real server, from a folder that the jobs never see. */
final class UploadTest {

    private static final CreateOptions SENDING =
            CreateOptions.usual().withUploading(Uploading.ALWAYS);

    @TempDir private Path home;
    @TempDir private Path base;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private Optional<RunningServer> server = Optional.empty();
    private JobClient jobs = Workspace.at(Workspace.USUAL_SERVER).jobs();

    @BeforeEach
    void open() throws IOException {
        ServerProvider provider = ServiceLoader.load(ServerProvider.class).iterator().next();
        RunningServer running =
                provider.start(
                        new ServerConfig(
                                home, "127.0.0.1", 0, Optional.empty(), HostLimits.DEFAULT),
                        "test",
                        (what, fault) -> faults.add(what + ": " + fault));
        server = Optional.of(running);
        jobs =
                Workspace.at(URI.create(running.url()), ScriptedServer.SHORT)
                        .withToken(Files.readString(home.resolve("server/admin.token")).strip())
                        .jobs();
        file(
                "src/entry.py",
                "import os\ndef run(mini_batch):\n"
                        + "    return [os.path.basename(f) + ' ' + open(f).read()[:9] + ' ' + ' '.join(sorted(os.listdir('.')))"
                        + " for f in mini_batch]\n");
        file("input/a.txt", "alpha");
        file("input/sub/b.txt", "beta");
    }

    @AfterEach
    void close() throws IOException {
        server.orElseThrow().close();
        assertThat(faults).isEmpty();
    }

    private void file(String path, String text) throws IOException {
        Path file = base.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    private ParallelJob job(String... more) {
        List<String> lines =
                new ArrayList<>(
                        List.of(
                                "type: parallel",
                                "name: wheat",
                                "inputs:",
                                "  docs: {type: uri_folder, path: ./input}",
                                "outputs:",
                                "  rows: {type: uri_file, path: ./out/rows.txt}",
                                "input_data: ${{inputs.docs}}",
                                "mini_batch_size: \"1\"",
                                "max_concurrency_per_instance: 1",
                                "task:",
                                "  type: run_function",
                                "  code: ./src",
                                "  entry_script: entry.py",
                                "  append_row_to: ${{outputs.rows}}"));
        lines.addAll(List.of(more));
        return ParallelJob.parse(String.join("\n", lines), "job", base);
    }

    private static final class Heard implements UploadListener {
        private final List<String> notes = new ArrayList<>();
        private long sends;

        @Override
        public void sent(String field, long files, long bytes) {
            sends++;
        }

        @Override
        public void noted(String text) {
            notes.add(text);
        }
    }

    private String rows(String name, Path into) throws IOException {
        jobs.download(name, into, DownloadOptions.output("rows"));
        try (var files = Files.walk(into)) {
            Path file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            return Files.readString(file);
        }
    }

    private JobSnapshot end(String name) {
        return jobs.stream(name, new PrintStream(PrintStream.nullOutputStream())).snapshot();
    }

    @Test
    void aJobRunsOnTheServerAloneAndItsRowsComeBack(@TempDir Path into) throws IOException {
        file("src/.gitignore", "*.bin\n!keep.bin\n");
        file("src/model.bin", "x");
        file("src/keep.bin", "x");
        file("src/.git/config", "x");
        file("src/.venv/lib.py", "x");
        Heard heard = new Heard();
        SubmittedJob made = jobs.create(job(), SENDING, heard);
        assertThat(heard.notes).singleElement().asString().contains("outputs.rows.path: ./out");
        try (var all = Files.walk(base)) {
            all.filter(Files::isRegularFile).forEach(file -> file.toFile().delete());
        }
        assertThat(end(made.name()).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(rows("wheat", into))
                .isEqualTo(
                        "a.txt alpha .gitignore entry.py keep.bin\n"
                                + "b.txt beta .gitignore entry.py keep.bin\n");
        assertThat(base.resolve("out")).doesNotExist();
        assertThat(jobs.dump("wheat")).doesNotContain(base.toString());
    }

    @Test
    void theSameAgainSendsNothingAndIsTheSameJobFromAnyFolder(@TempDir Path other)
            throws IOException {
        jobs.create(job(), SENDING);
        Heard heard = new Heard();
        String id = jobs.create(job(), SENDING, heard).id();
        assertThat(heard.sends).isZero();
        Files.createDirectories(other.resolve("src"));
        Files.createDirectories(other.resolve("input/sub"));
        for (String path : List.of("src/entry.py", "input/a.txt", "input/sub/b.txt")) {
            Files.copy(base.resolve(path), other.resolve(path));
        }
        ParallelJob moved = ParallelJob.of(job().spec(), other);
        assertThat(jobs.create(moved, SENDING, heard).id()).isEqualTo(id);
        assertThat(heard.sends).isZero();
        file("src/entry.py", "def run(m): return []");
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> jobs.create(job(), SENDING))
                .withMessageContaining("task.code");
    }

    @Test
    void aSingleFileKeepsItsNameAndALargeOneGoesInParts() throws IOException {
        byte[] large = new byte[20_000_001];
        new Random(5).nextBytes(large);
        Files.write(base.resolve("weights.bin"), large);
        file(
                "src/entry.py",
                "import os, argparse\np = argparse.ArgumentParser()\np.add_argument('--weights')\n"
                        + "a, _ = p.parse_known_args()\ndef run(mini_batch):\n"
                        + "    return [os.path.basename(a.weights) + str(os.path.getsize(a.weights))]\n");
        ParallelJob job = job("# none");
        CreateOptions options =
                SENDING.withSet("inputs.weights={type: uri_file, path: ./weights.bin}")
                        .withSet("task.program_arguments=--weights ${{inputs.weights}}");
        jobs.create(job, options);
        assertThat(end("wheat").status()).isEqualTo(JobStatus.COMPLETED);
        Heard heard = new Heard();
        jobs.create(job, options, heard);
        assertThat(heard.sends).isZero();
    }

    @Test
    void aLinkThatLeadsOutIsRefusedBeforeAnythingIsMade(@TempDir Path elsewhere)
            throws IOException {
        Files.writeString(elsewhere.resolve("secret"), "x");
        Files.createSymbolicLink(base.resolve("input/link"), elsewhere.resolve("secret"));
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> jobs.create(job(), SENDING))
                .withMessageContaining("inputs.docs.path: link: a symbolic link");
        assertThat(jobs.list(JobFilter.active())).isEmpty();
    }

    @Test
    void mistakesAreFoundHereAndNothingIsSent() throws IOException {
        Files.delete(base.resolve("src/entry.py"));
        Heard heard = new Heard();
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> jobs.create(job(), SENDING, heard))
                .withMessageContaining("task.entry_script");
        assertThat(heard.sends).isZero();
        assertThat(jobs.validate(job(), SENDING).valid()).isFalse();
    }

    @Test
    void aCheckSendsWhatASubmitWouldAndSubmitsNothing() {
        assertThat(jobs.validate(job(), SENDING))
                .satisfies(said -> assertThat(said.valid()).isTrue());
        assertThat(jobs.list(JobFilter.active())).isEmpty();
    }

    @Test
    void aServerOfThisMachineReadsWhatIsThereUnlessAskedOtherwise() {
        Heard heard = new Heard();
        jobs.create(job(), CreateOptions.usual(), heard);
        assertThat(heard.sends).isZero();
        assertThat(end("wheat").status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(base.resolve("out/rows.txt")).exists();
    }

    @Test
    void aFileThatChangesWhileItIsSentIsToldInOneSentence() throws IOException {
        Path file = base.resolve("input/a.txt");
        int[] count = {0};
        UploadListener writer =
                new UploadListener() {
                    @Override
                    public void sent(String field, long files, long bytes) {
                        try {
                            Files.writeString(file, "another " + count[0]++);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    }
                };
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> jobs.create(job(), SENDING, writer))
                .withMessageContaining("a.txt: changes while it is sent");
    }

    @Test
    void aRetryTakesCodeFromHereAndOldRowsFromThere(@TempDir Path into) throws IOException {
        file(
                "src/entry.py",
                "import os\ndef run(mini_batch):\n    f = os.path.basename(mini_batch[0])\n"
                        + "    if f == 'b.txt': raise ValueError(f)\n    return ['old ' + f]\n");
        jobs.create(job("retry_settings: {max_retries: 0}"), SENDING);
        end("wheat");
        file(
                "fixed/entry.py",
                "import os\ndef run(mini_batch):\n    return ['new ' + os.path.basename(f) for f in mini_batch]\n");
        RetryOptions options =
                RetryOptions.usual()
                        .withName("rye")
                        .withCode(base.resolve("fixed"))
                        .withMerge()
                        .withUploading(Uploading.ALWAYS);
        assertThat(jobs.retry("wheat", options).name()).isEqualTo("rye");
        JobSnapshot ended = end("rye");
        assertThat(ended.properties()).containsEntry("retry_of", "wheat");
        assertThat(rows("rye", into)).isEqualTo("old a.txt\nnew b.txt\n");
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> jobs.retry("rye", RetryOptions.usual()))
                .satisfies(e -> assertThat(e.code()).isEqualTo("NOTHING_TO_RETRY"));
    }
}
