package dev.windrow.runtime.host;

import dev.windrow.disk.OwnersFile;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.model.compute.ClusterCredentials;
import dev.windrow.store.register.ComputeKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * By what a server is let into its clusters: a file for each compute that nobody but its owner may
 * read, and that goes with the compute. Nothing of it is in the register, in answers or in logs.
 *
 * <p>Every call throws {@code LEDGER_UNAVAILABLE} when a file cannot be read or written.
 */
final class ClusterSecrets {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String ENDING = ".json";

    private final Path folder;

    private ClusterSecrets(Path folder) {
        this.folder = folder;
    }

    /**
     * Those of a home.
     *
     * @param server its folder {@code server}
     */
    static ClusterSecrets below(Path server) {
        return new ClusterSecrets(server.resolve("clusters"));
    }

    private Path file(ComputeKey key) {
        return folder.resolve(key.workspace()).resolve(key.name() + ENDING);
    }

    /** The credentials of a compute. */
    Optional<ClusterCredentials> of(ComputeKey key) {
        try {
            JsonNode node = MAPPER.readTree(Files.readAllBytes(file(key)));
            return Optional.of(
                    new ClusterCredentials(
                            URI.create(node.path("api_server").asString()),
                            node.path("authority").asString(),
                            node.path("token").asString()));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw unavailable(e);
        } catch (JacksonException _) {
            // What it says may be part of a secret.
            throw unavailable(new IOException(file(key) + " is no credentials"));
        }
    }

    /** Whether these are the compute's; none are those of every compute. */
    boolean hasAny(ComputeKey key, Optional<ClusterCredentials> given) {
        return given.isEmpty() || given.equals(of(key));
    }

    /** Keeps credentials, in place of those the compute has. Durable when it returns. */
    void keep(ComputeKey key, ClusterCredentials credentials) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("api_server", credentials.address().toString());
        map.put("authority", credentials.authority());
        map.put("token", credentials.token());
        Path file = file(key);
        try {
            Files.createDirectories(folder.resolve(key.workspace()));
            OwnersFile.replace(file, MAPPER.writeValueAsBytes(map));
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** Removes credentials, if there are any. */
    void forget(ComputeKey key) {
        try {
            Files.deleteIfExists(file(key));
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** Removes those that a server has kept for computes which were never there in the end. */
    void forgetBut(Predicate<ComputeKey> known) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            for (Path workspace : children(folder)) {
                for (Path file : children(workspace)) {
                    String name = file.getFileName().toString();
                    ComputeKey key =
                            new ComputeKey(
                                    workspace.getFileName().toString(),
                                    name.endsWith(ENDING)
                                            ? name.substring(0, name.length() - ENDING.length())
                                            : name);
                    if (!known.test(key)) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            return java.util.stream.StreamSupport.stream(found.spliterator(), false).toList();
        }
    }

    private static EngineException unavailable(IOException why) {
        return new EngineException(
                ErrorCode.LEDGER_UNAVAILABLE,
                "credentials of clusters: %s (expected: files that can be read and written)"
                        .formatted(why.getMessage()),
                why);
    }
}
