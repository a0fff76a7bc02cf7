package dev.windrow.local;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.schedule.LoopListener;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobSession;
import dev.windrow.runtime.PreparedRun;
import dev.windrow.runtime.RunRequest;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.spec.JobReader;
import dev.windrow.spec.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A small job in a folder of its own, run in this process with real Python. */
final class JobOnThisMachine {

    static final String NAME = "small";

    final Path root;
    final JobFolder folder;
    final List<String> notes = new ArrayList<>();
    private final Path home;

    /**
     * @param script of the job
     * @param more lines of the job's file
     */
    JobOnThisMachine(Path root, String script, String... more) throws IOException {
        this.root = root;
        this.home = root.resolve("home");
        this.folder = JobFolder.of(home, NAME);
        Files.createDirectories(root.resolve("src"));
        Files.createDirectories(root.resolve("in"));
        Files.writeString(root.resolve("src/entry.py"), script);
        for (int i = 0; i < 20; i++) {
            Files.writeString(root.resolve("in/file%02d.txt".formatted(i)), "line " + i);
        }
        Files.writeString(
                root.resolve("job.yml"),
                """
                type: parallel
                inputs:
                  docs: {type: uri_folder, path: ./in}
                outputs:
                  lines: {type: uri_file, path: ./out/lines.txt}
                input_data: ${{inputs.docs}}
                mini_batch_size: "2"
                max_concurrency_per_instance: 1
                task:
                  type: run_function
                  code: ./src
                  entry_script: entry.py
                  append_row_to: ${{outputs.lines}}
                """
                        + String.join("\n", more)
                        + "\n");
    }

    JobProgress run() throws IOException {
        return run(LoopListener.NONE);
    }

    /** Runs it, or goes on with it. */
    JobProgress run(LoopListener listener) throws IOException {
        try (JobSession session = open()) {
            return session.run(
                    new LoopListener() {
                        @Override
                        public void statusChanged(JobStatus status, Instant at) {
                            listener.statusChanged(status, at);
                        }

                        @Override
                        public void noted(String kind, String text, Instant at) {
                            notes.add(kind + ": " + text);
                        }
                    });
        }
    }

    JobSession open() throws IOException {
        Assembly assembly = new Assembly(home, InstantSource.system());
        PreparedRun prepared =
                assembly.prepare(
                        new RunRequest(
                                NAME,
                                JobReader.read(root.resolve("job.yml"), ReadOptions.plain()),
                                Optional.empty(),
                                OptionalInt.empty()));
        return assembly.open(prepared);
    }

    Path output() {
        return root.resolve("out/lines.txt");
    }

    Path log(String name) {
        return folder.logs().resolve(name);
    }

    String read(String log) throws IOException {
        return Files.readString(log(log));
    }
}
