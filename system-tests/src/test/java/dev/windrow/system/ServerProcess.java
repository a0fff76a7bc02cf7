package dev.windrow.system;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server as its users start it, on a port that is free.
 *
 * @param url where it says that it serves
 */
record ServerProcess(Process process, String url, Path err) {

    private static final String BEGINNING = "Serving at ";
    private static final long LOOK_NANOS = 2_000_000;
    private static final long START_SECONDS = 120;

    /** Returns once it serves, on any port that is free. */
    static ServerProcess start(Windrow windrow, Path folder) throws IOException {
        return start(windrow, folder, 0);
    }

    /** Returns once it serves on this port. */
    static ServerProcess start(Windrow windrow, Path folder, int port) throws IOException {
        return start(windrow, folder, "--port", Integer.toString(port));
    }

    /** Returns once it serves, with options that say where. */
    static ServerProcess start(Windrow windrow, Path folder, String... options) throws IOException {
        Path out = Files.createTempFile(folder, "server", ".out");
        Path err = Files.createTempFile(folder, "server", ".err");
        List<String> words = new ArrayList<>(List.of("server"));
        words.addAll(List.of(options));
        Process process = windrow.start(folder, out, err, words.toArray(String[]::new));
        long begin = System.nanoTime();
        Optional<String> url = url(out);
        while (url.isEmpty()) {
            if (!process.isAlive()
                    || System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(START_SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no server: " + Files.readString(err));
            }
            LockSupport.parkNanos(LOOK_NANOS);
            url = url(out);
        }
        return new ServerProcess(process, url.get(), err);
    }

    /** Both lines are there before the first counts. */
    private static Optional<String> url(Path out) throws IOException {
        String said = Files.readString(out);
        return said.lines().count() < 2
                ? Optional.empty()
                : said.lines().findFirst().map(line -> line.substring(BEGINNING.length()));
    }

    /** Stops it as a service manager does; returns its exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        return ended();
    }

    /** Kills it at once. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        ended();
    }

    /** Where it listens. */
    int port() {
        return URI.create(url).getPort();
    }

    /** The agents of a home's jobs that servers have started and that still run. */
    static List<ProcessHandle> agents(Path home) throws IOException {
        List<ProcessHandle> agents = new ArrayList<>();
        if (!Files.isDirectory(home.resolve("jobs"))) {
            return agents;
        }
        try (var tree = Files.find(home.resolve("jobs"), 3, (file, _) -> file.endsWith("fleet"))) {
            for (Path file : tree.toList()) {
                Files.readAllLines(file).stream()
                        .skip(1)
                        .map(line -> line.split(" "))
                        .filter(words -> words.length > 2)
                        .flatMap(words -> ProcessHandle.of(Long.parseLong(words[2])).stream())
                        .filter(ProcessHandle::isAlive)
                        .forEach(agents::add);
            }
        }
        return agents;
    }

    /** Kills it at once, and the agents that would wait for the next one. */
    void killWithAgents(Path home) throws IOException, InterruptedException {
        kill();
        agents(home).forEach(ProcessHandle::destroyForcibly);
    }

    private int ended() throws InterruptedException {
        if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the server goes on");
        }
        return process.exitValue();
    }
}
