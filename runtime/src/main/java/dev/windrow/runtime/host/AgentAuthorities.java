package dev.windrow.runtime.host;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.protocol.tls.Authorities;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/**
 * The file with certificates by which agents in pods know the server. It is read anew for each
 * compute and job, so that one that was replaced counts without a restart; while it is broken the
 * former certificates count. Safe for use by several threads.
 */
public final class AgentAuthorities {

    private final Path file;
    private final BiConsumer<String, Throwable> faults;
    private Authorities last;
    private boolean told;

    private AgentAuthorities(Path file, Authorities first, BiConsumer<String, Throwable> faults) {
        this.file = file;
        this.last = first;
        this.faults = faults;
    }

    /**
     * Reads it for the first time; blocks on the disk.
     *
     * @param faults hears of a broken file that was not taken, once
     * @throws EngineException when it cannot be read, holds no certificate or is too long
     */
    public static AgentAuthorities in(Path file, BiConsumer<String, Throwable> faults) {
        try {
            return new AgentAuthorities(file, read(file), faults);
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.INVALID_JOB_SPEC, String.valueOf(e.getMessage()), e);
        }
    }

    /** The certificates that count now, in PEM and nothing else; blocks on the disk. */
    public synchronized String pem() {
        try {
            last = read(file);
            told = false;
        } catch (IOException e) {
            if (!told) {
                told = true;
                faults.accept("the new file of authorities is not taken, the former one stays", e);
            }
        }
        return last.pem();
    }

    private static Authorities read(Path file) throws IOException {
        String why;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(Authorities.MOST + 1);
            return Authorities.of(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (java.nio.file.FileSystemException _) {
            why = "a file that can be read";
        } catch (IOException e) {
            why = String.valueOf(e.getMessage());
        }
        throw new IOException("agent-ca-file: %s (expected: %s)".formatted(file, why));
    }
}
