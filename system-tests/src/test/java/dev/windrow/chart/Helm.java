package dev.windrow.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Helm as {@code ./dev helm} starts it. Tests are skipped where it cannot be had. */
final class Helm {

    static final String CHART = "helm/windrow";
    static final String IMAGE = "image.repository=registry.example/windrow/server";

    private static final String NAMESPACE = "farm";
    private static final boolean THERE = said("helm", "version", "--short").exit() == 0;

    private Helm() {}

    /** What a finished program left. */
    record Said(int exit, String out, String err) {}

    /** The objects of the chart with these settings, in namespace {@code farm}. */
    static Rendered rendered(String... settings) {
        Said said = template("windrow", settings);
        if (said.exit() != 0) {
            throw new AssertionError(said.err());
        }
        return Rendered.of(said.out());
    }

    /** What Helm says of these settings. */
    static Said template(String release, String... settings) {
        List<String> command =
                new ArrayList<>(List.of("template", release, CHART, "--namespace", NAMESPACE));
        // A Helm that was built from its module knows no version of its own to assume.
        command.addAll(List.of("--kube-version", "1.34.4", "--set", IMAGE));
        for (String setting : settings) {
            command.addAll(setting.startsWith("--") ? List.of(setting) : List.of("--set", setting));
        }
        return run(command.toArray(String[]::new));
    }

    /** The end of a test that lacks something; in CI that would look as if it had passed. */
    static void needed(boolean there, String why) {
        if (!there) {
            assertThat(System.getenv("CI")).as(why).isNotEqualTo("true");
            Assumptions.abort(why);
        }
    }

    /** Runs Helm in the root of the repository. */
    static Said run(String... arguments) {
        needed(THERE, "helm: cannot be had (expected: Go 1.24 or newer to build it)");
        List<String> command = new ArrayList<>(List.of("helm"));
        command.addAll(List.of(arguments));
        return said(command.toArray(String[]::new));
    }

    private static Said said(String... arguments) {
        List<String> command = new ArrayList<>(List.of("bash", "dev"));
        command.addAll(List.of(arguments));
        return finished(command);
    }

    /** Runs a program in the root of the repository. */
    static Said finished(List<String> command) {
        try {
            Path err = Files.createTempFile("said", ".txt");
            Process process =
                    new ProcessBuilder(command)
                            .directory(root().toFile())
                            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                            .redirectError(err.toFile())
                            .start();
            try (InputStream out = process.getInputStream()) {
                String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
                return new Said(process.waitFor(), text, Files.readString(err));
            } finally {
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The root of the repository. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.resolve("..").normalize();
        }
        return folder;
    }
}
