package dev.windrow.worker.pod;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What an agent in a pod finds in its environment.
 *
 * @param server without a path of its own
 * @param token of the job; it comes by a file, for environments are shown to many
 * @param instance number of the instance that the pod is
 * @param work folder of the agent's own
 * @param environment all of it
 */
record PodSetting(
        URI server, String token, int instance, Path work, Map<String, String> environment) {

    static final String SERVER = "WINDROW_SERVER";
    static final String INSTANCE = "WINDROW_INSTANCE";
    static final String TOKEN_FILE = "WINDROW_TOKEN_FILE";
    static final String WORK = "WINDROW_WORK";

    private static final String NUMBER = "[0-9]{1,7}";
    private static final String TOKEN = "[!-~]{1,4000}";

    PodSetting {
        environment = Map.copyOf(environment);
    }

    /**
     * Reads it.
     *
     * @throws IOException with one sentence about what is missing
     */
    static PodSetting of(Map<String, String> environment) throws IOException {
        URI server = server(environment);
        String instance = needed(environment, INSTANCE);
        if (!instance.matches(NUMBER)) {
            throw new IOException(
                    "%s: %s (expected: a number of at most 7 digits)"
                            .formatted(INSTANCE, instance));
        }
        return new PodSetting(
                server,
                token(Path.of(needed(environment, TOKEN_FILE))),
                Integer.parseInt(instance),
                Path.of(needed(environment, WORK)),
                environment);
    }

    /**
     * The address of the server.
     *
     * @throws IOException with one sentence when it is missing, or none
     */
    static URI server(Map<String, String> environment) throws IOException {
        return url(needed(environment, SERVER));
    }

    static String token(Path file) throws IOException {
        String token;
        try {
            token = Files.readString(file).strip();
        } catch (IOException e) {
            throw new IOException(
                    "%s: %s cannot be read (expected: a file with the job's token): %s"
                            .formatted(TOKEN_FILE, file, e),
                    e);
        }
        if (!token.matches(TOKEN)) {
            throw new IOException(
                    "%s: %s holds no token (expected: 1 to 4000 characters of ASCII, no blank)"
                            .formatted(TOKEN_FILE, file));
        }
        return token;
    }

    static URI url(String text) throws IOException {
        try {
            URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (web && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException _) {
            // Said below.
        }
        throw new IOException(
                "%s: %s (expected: http://HOST:PORT or https://HOST:PORT)".formatted(SERVER, text));
    }

    static String needed(Map<String, String> environment, String name) throws IOException {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IOException(
                    "%s: missing (expected: set by whoever made the pod)".formatted(name));
        }
        return value;
    }
}
