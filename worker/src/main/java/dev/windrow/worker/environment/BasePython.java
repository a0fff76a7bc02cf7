package dev.windrow.worker.environment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An interpreter that environments are made with.
 *
 * @param command that starts it
 * @param version such as {@code 3.11.7}
 * @param identity all that an environment depends on: version, platform, C library, where it lies
 * @param canMake whether it has what makes environments
 */
record BasePython(String command, String version, String identity, boolean canMake) {

    private static final long ANSWER_SECONDS = 60;
    private static final int ANSWER_MOST = 16_384;

    private static final String QUESTION =
            """
            import sys, os, platform, sysconfig, importlib.util as u
            print(".".join(map(str, sys.version_info[:3])))
            print(all(u.find_spec(one) for one in ("venv", "ensurepip")))
            print(sys.implementation.name, sys.version.replace("\\n", " "))
            print(sysconfig.get_platform(), *platform.libc_ver())
            print(os.path.realpath(sys.base_prefix))
            """;

    /**
     * Asks one. Blocks a moment.
     *
     * @throws EnvironmentException when it gives no answer
     */
    static BasePython ask(String command) throws EnvironmentException, InterruptedException {
        List<String> answer = answer(command).lines().toList();
        if (answer.size() < 5) {
            throw new EnvironmentException(
                    "python: %s (expected: one that tells its version)".formatted(command));
        }
        return new BasePython(
                command,
                answer.getFirst(),
                String.join("\n", answer),
                answer.get(1).equals("True"));
    }

    private static String answer(String command) throws EnvironmentException, InterruptedException {
        Process process;
        try {
            process =
                    new ProcessBuilder(command, "-I", "-c", QUESTION)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
        } catch (IOException e) {
            throw new EnvironmentException(
                    "python: %s (expected: one that can be started)".formatted(command));
        }
        try (InputStream out = process.getInputStream()) {
            process.getOutputStream().close();
            if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                return "";
            }
            return new String(out.readNBytes(ANSWER_MOST), StandardCharsets.UTF_8);
        } catch (IOException _) {
            return "";
        } finally {
            process.destroyForcibly();
        }
    }
}
