package dev.windrow.local;

import dev.windrow.engine.compute.Compute;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.schedule.LoopListener;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobSession;
import dev.windrow.runtime.PreparedRun;
import dev.windrow.runtime.RunRequest;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.compute.Entrance;
import dev.windrow.runtime.compute.Launch;
import dev.windrow.runtime.compute.OpenCompute;
import dev.windrow.runtime.job.CodeSnapshot;
import dev.windrow.spec.JobReader;
import dev.windrow.spec.ReadOptions;
import dev.windrow.worker.process.Leftovers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A job of real files and a real script in one folder. Its workers leave marks: {@code worker-PID}
 * when one has begun, {@code held-PID} when it has a mini-batch, each holding the pid of its agent;
 * mini-batches end when there is a mark {@code go}.
 */
record TestJob(Path folder, int files) {

    static final String NAME = "test";

    private static final String SPEC =
            """
            type: parallel
            inputs:
              docs: {type: uri_folder, path: ./in}
            outputs:
              lines: {type: uri_file, path: ./out/lines.txt}
            input_data: ${{inputs.docs}}
            mini_batch_size: "2"
            max_concurrency_per_instance: 2
            environment_variables: {MARKS: "MARKS_FOLDER"}
            task:
              type: run_function
              code: ./src
              entry_script: entry.py
              append_row_to: ${{outputs.lines}}
            """;

    private static final String MARKS =
            """
            import os, pathlib, time

            def mark(kind):
                marks = pathlib.Path(os.environ["MARKS"])
                fresh = marks / f"fresh-{os.getpid()}"
                fresh.write_text(str(os.getppid()))
                fresh.rename(marks / f"{kind}-{os.getpid()}")

            def init():
                mark("worker")

            def run(mini_batch):
                mark("held")
                while not os.path.exists(os.environ["MARKS"] + "/go"):
                    time.sleep(0.01)
                return [f"{os.path.basename(f)} {open(f).read()}" for f in mini_batch]
            """;

    static TestJob create(Path folder, int files) throws IOException {
        for (String name : new String[] {"in", "out", "src", "marks", "home"}) {
            Files.createDirectories(folder.resolve(name));
        }
        for (int i = 0; i < files; i++) {
            Files.writeString(folder.resolve("in").resolve(fileName(i)), "content of " + i);
        }
        Files.writeString(
                folder.resolve("job.yml"),
                SPEC.replace("MARKS_FOLDER", folder.resolve("marks").toString()));
        TestJob job = new TestJob(folder, files);
        job.script(MARKS);
        return job;
    }

    private static String fileName(int i) {
        return "doc-%05d.txt".formatted(i);
    }

    void script(String text) throws IOException {
        Files.writeString(folder.resolve("src").resolve("entry.py"), text);
    }

    String expectedOutput() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < files; i++) {
            lines.append(fileName(i)).append(" content of ").append(i).append('\n');
        }
        return lines.toString();
    }

    String output() throws IOException {
        return Files.readString(folder.resolve("out").resolve("lines.txt"));
    }

    /** Lets the mini-batches end. */
    void go() throws IOException {
        Files.writeString(folder.resolve("marks").resolve("go"), "");
    }

    /** Agents by the pids of the workers that have left this mark. */
    Map<Long, Long> marked(String kind) {
        Map<Long, Long> agents = new HashMap<>();
        try (var marks = Files.newDirectoryStream(folder.resolve("marks"), kind + "-*")) {
            for (Path mark : marks) {
                String pid = mark.getFileName().toString().substring(kind.length() + 1);
                agents.put(Long.valueOf(pid), Long.valueOf(Files.readString(mark)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return agents;
    }

    Path jobFolder() {
        return folder.resolve("home").resolve("jobs").resolve(NAME);
    }

    JobProgress run(int instances) throws IOException {
        return run(instances, LoopListener.NONE, _ -> {});
    }

    /**
     * Runs the job in this process.
     *
     * @param opened gets the session before it runs
     */
    JobProgress run(int instances, LoopListener listener, Consumer<JobSession> opened)
            throws IOException {
        Assembly assembly = assembly();
        PreparedRun run = prepare(assembly, instances);
        try (JobSession session = assembly.open(run)) {
            opened.accept(session);
            return session.run(listener);
        }
    }

    private Assembly assembly() {
        return new Assembly(folder.resolve("home"), InstantSource.system());
    }

    private PreparedRun prepare(Assembly assembly, int instances) throws IOException {
        return prepare(assembly, NAME, instances);
    }

    /** This job under another name. */
    PreparedRun prepare(Assembly assembly, String name, int instances) throws IOException {
        return assembly.prepare(
                new RunRequest(
                        name,
                        JobReader.read(folder.resolve("job.yml"), ReadOptions.plain()),
                        Optional.empty(),
                        OptionalInt.of(instances)));
    }

    /** The fleet of this job alone, with nobody to run it. */
    Compute compute(EngineDoor door) throws IOException {
        return compute(door, PreparedRun::launch);
    }

    /** The same under a server. */
    OpenCompute served(EngineDoor door, Entrance entrance) throws IOException {
        return (OpenCompute) compute(door, run -> run.launch().at(entrance));
    }

    private Compute compute(EngineDoor door, Function<PreparedRun, Launch> launch)
            throws IOException {
        PreparedRun run = prepare(assembly(), 1);
        CodeSnapshot.copy(folder.resolve("src"), run.folder().code());
        Files.createDirectories(run.folder().segments());
        return run.places().compute(launch.apply(run), door);
    }

    /** Makes the job look as if a lost engine had started this process. */
    void leftAgent(long pid) throws IOException {
        Path instances = Files.createDirectories(jobFolder().resolve("instances"));
        new Leftovers(instances.resolve("agents")).record(pid);
    }
}
