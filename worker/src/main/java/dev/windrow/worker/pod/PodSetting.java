package dev.windrow.worker.pod;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What an agent in a pod finds in its environment.
 *
 * @param token of the job; it comes by a file, for environments are shown to many
 * @param instance number of the instance that the pod is
 * @param work folder of the agent's own
 * @param python the interpreter asked for; empty to look for one
 */
record PodSetting(URI server, String token, int instance, Path work, Optional<String> python) {

    private static final int NUMBER_DIGITS = 7;

    /**
     * Reads it.
     *
     * @throws IOException with one sentence about what is missing
     */
    static PodSetting of(Map<String, String> environment) throws IOException {
        String server = needed(environment, "WINDROW_SERVER");
        String instance = needed(environment, "WINDROW_INSTANCE");
        if (!instance.matches("[0-9]{1,%d}".formatted(NUMBER_DIGITS))) {
            throw new IOException("WINDROW_INSTANCE: %s (expected: a number)".formatted(instance));
        }
        return new PodSetting(
                url(server),
                Files.readString(Path.of(needed(environment, "WINDROW_TOKEN_FILE"))).strip(),
                Integer.parseInt(instance),
                Path.of(needed(environment, "WINDROW_WORK")),
                Optional.ofNullable(environment.get("WINDROW_PYTHON")));
    }

    private static URI url(String text) throws IOException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IOException("WINDROW_SERVER: %s (expected: an address)".formatted(text), e);
        }
    }

    private static String needed(Map<String, String> environment, String name) throws IOException {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IOException(
                    "%s: missing (expected: as the pod's maker sets it)".formatted(name));
        }
        return value;
    }
}
