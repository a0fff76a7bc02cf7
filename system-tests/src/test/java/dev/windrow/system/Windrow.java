package dev.windrow.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The {@code windrow} command as its users start it, with a home of its own. */
final class Windrow {

    private static final long LIMIT_SECONDS = 300;

    private final Path home;
    private final Map<String, String> environment = new TreeMap<>();
    private List<String> prefix = List.of();

    Windrow(Path home) {
        this.home = home;
    }

    Path home() {
        return home;
    }

    Path jobFolder(String name) {
        return home.resolve("jobs").resolve(name);
    }

    /** Runs a verb of jobs against a server. */
    Finished job(Path folder, ServerProcess server, String... words) {
        List<String> all = new ArrayList<>(List.of("job"));
        all.addAll(List.of(words));
        all.addAll(List.of("--server", server.url()));
        return run(folder, all.toArray(String[]::new));
    }

    /** Sets a variable for the commands from now on. */
    Windrow with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /**
     * Runs the commands as a user whom file permissions bind, in case these tests run as one whom
     * they do not.
     */
    Windrow asOrdinaryUser(Path folder) {
        if (System.getProperty("user.name", "").equals("root")) {
            prefix =
                    List.of(
                            "setpriv",
                            "--reuid=65534",
                            "--regid=65534",
                            "--clear-groups",
                            "--inh-caps=-all");
            environment.put("HOME", folder.toString());
            environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        }
        return this;
    }

    /** What a finished command left. */
    record Finished(int exit, String out, String err) {}

    /** Runs a command to its end; fails the test when that takes minutes. */
    Finished run(Path folder, String... arguments) {
        try {
            Path out = Files.createTempFile(home.getParent(), "out", ".txt");
            Path err = Files.createTempFile(home.getParent(), "err", ".txt");
            Process process = start(folder, out, err, arguments);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running: " + List.of(arguments));
            }
            return new Finished(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Starts a command and returns while it runs. */
    Process start(Path folder, Path out, Path err, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(java("dev.windrow.cli.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().put("WINDROW_HOME", home.toString());
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a program of ours is started. */
    List<String> java(String main) {
        return new ArrayList<>(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath(),
                        main));
    }

    /** The jars that the build has just made, in the launcher's order. */
    private static String classPath() {
        Path cli = repository().resolve("cli").resolve("target");
        try (var jars = Files.newDirectoryStream(cli, "cli-*.jar")) {
            return jars.iterator().next() + ":" + cli.resolve("lib") + "/*";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder that holds all modules. */
    static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("system-tests"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new AssertionError("not inside the repository");
            }
            folder = parent;
        }
        return folder;
    }
}
