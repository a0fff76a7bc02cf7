package dev.windrow.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The command in a process of its own, with a home of its own. */
final class Command {

    private static final long LIMIT_SECONDS = 120;

    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();

    /**
     * @param folder where it runs; its home is the folder {@code home} in it
     */
    Command(Path folder) {
        this.folder = folder;
        environment.put("WINDROW_HOME", folder.resolve("home").toString());
        environment.put("WINDROW_CONFIG", folder.resolve("config.yml").toString());
        environment.put("LC_ALL", "C.UTF-8");
    }

    Command with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Path home() {
        return folder.resolve("home");
    }

    /** What a command that has ended left. */
    record Ended(int exit, String out, String err) {

        /** Everything it said, for messages of tests. */
        String said() {
            return "exit %d%n%s%n%s".formatted(exit, out, err);
        }
    }

    /** A command that runs. */
    record Started(Process process, Path out, Path err) {

        Ended end() throws IOException, InterruptedException {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running: " + Files.readString(err));
            }
            return new Ended(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        }

        /** Sends a signal, such as {@code INT}. */
        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        }
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).end();
    }

    Started start(String... arguments) throws IOException {
        return start(java(arguments));
    }

    /** Runs it under a pseudo-terminal of that many columns; all it says is in {@code out}. */
    Ended onTerminal(int columns, String... arguments) throws IOException, InterruptedException {
        StringBuilder line = new StringBuilder("stty cols " + columns + " && exec");
        for (String word : java(arguments)) {
            line.append(" '").append(word).append('\'');
        }
        return start(List.of("script", "-qec", line.toString(), "/dev/null")).end();
    }

    private Started start(List<String> command) throws IOException {
        Files.createDirectories(folder);
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new Started(builder.start(), out, err);
    }

    /** Through Python, because a signal that this process ignores would be ignored there too. */
    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add("python3");
        command.add("-c");
        command.add(
                "import os,signal,sys; signal.signal(signal.SIGINT, signal.SIG_DFL);"
                        + " os.execv(sys.argv[1], sys.argv[1:])");
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("dev.windrow.cli.Main");
        command.addAll(List.of(arguments));
        return command;
    }
}
