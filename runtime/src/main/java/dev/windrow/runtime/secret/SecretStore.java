package dev.windrow.runtime.secret;

import dev.windrow.disk.OwnersFile;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.spec.SecretReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of one home, each encrypted, in a file that only its owner can read. Every call reads
 * the file anew; one that changes it is durable when it returns. Safe for use by several threads,
 * when one server has the home.
 *
 * <p>Every call throws {@code LEDGER_UNAVAILABLE} when the files cannot be read or written.
 */
public final class SecretStore {

    /** So many secrets, and more are refused. */
    public static final int MOST = 1_000;

    private static final String HEAD = "windrow-secrets 1";
    private static final int FIELDS = 4;

    private final Path file;
    private final Path keyFile;

    private SecretStore(Path home) {
        this.file = home.resolve("server").resolve("secrets.enc");
        this.keyFile = home.resolve("server").resolve("secrets.key");
    }

    /** Those of a home; nothing is made before a secret is set. */
    public static SecretStore of(Path home) {
        return new SecretStore(home);
    }

    /** What may be known of a secret. */
    public record Known(String name, Instant updatedAt, String updatedBy) {}

    private record Row(Known known, String sealed) {
        String line() {
            return "%s %d %s %s"
                    .formatted(
                            known.name(),
                            known.updatedAt().toEpochMilli(),
                            known.updatedBy(),
                            sealed);
        }
    }

    /** All of them, by name. */
    public List<Known> all() {
        try {
            return rows().values().stream().map(Row::known).toList();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** The value of a secret. */
    public Optional<String> value(String name) {
        try {
            @Nullable Row row = rows().get(name);
            return row == null
                    ? Optional.empty()
                    : Optional.of(SecretKeyFile.read(keyFile).decrypt(name, row.sealed()));
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** Whether there is one of this name. */
    public boolean has(String name) {
        try {
            return rows().containsKey(name);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /**
     * Keeps a secret, in place of the one of its name.
     *
     * @param by who does it; no blanks
     * @return false when there are too many already
     */
    public synchronized boolean set(String name, String value, String by, Instant at) {
        if (!SecretReference.NAME.matcher(name).matches() || by.isBlank() || by.contains(" ")) {
            throw new IllegalArgumentException("name: " + name + " (expected: a secret's)");
        }
        try {
            SequencedMap<String, Row> rows = rows();
            if (rows.size() >= MOST && !rows.containsKey(name)) {
                return false;
            }
            Files.createDirectories(file.resolveSibling("."));
            String sealed = SecretKeyFile.readOrMake(keyFile).encrypt(name, value);
            rows.put(name, new Row(new Known(name, at, by), sealed));
            write(rows);
            return true;
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /**
     * Forgets a secret.
     *
     * @return false when there is none of this name
     */
    public synchronized boolean remove(String name) {
        try {
            SequencedMap<String, Row> rows = rows();
            if (rows.remove(name) == null) {
                return false;
            }
            write(rows);
            return true;
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private SequencedMap<String, Row> rows() throws IOException {
        SequencedMap<String, Row> rows = new TreeMap<>();
        List<String> lines;
        try {
            SecretKeyFile.check(file);
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException _) {
            return rows;
        }
        if (lines.isEmpty() || !lines.getFirst().equals(HEAD)) {
            throw new IOException(file + ": no file of secrets (expected: one of this version)");
        }
        for (String line : lines.subList(1, lines.size())) {
            String[] parts = line.split(" ");
            if (parts.length != FIELDS || !parts[1].matches("[0-9]{1,18}")) {
                throw new IOException(file + ": a broken line (expected: four words)");
            }
            Instant at = Instant.ofEpochMilli(Long.parseLong(parts[1]));
            rows.put(parts[0], new Row(new Known(parts[0], at, parts[2]), parts[3]));
        }
        return rows;
    }

    private void write(SequencedMap<String, Row> rows) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(HEAD);
        rows.values().forEach(row -> lines.add(row.line()));
        OwnersFile.replace(
                file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static EngineException unavailable(IOException e) {
        return new EngineException(ErrorCode.LEDGER_UNAVAILABLE, "secrets: " + e.getMessage(), e);
    }
}
