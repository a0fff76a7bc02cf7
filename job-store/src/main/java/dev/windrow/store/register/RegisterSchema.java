package dev.windrow.store.register;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jdbi.v3.core.Handle;

/** Brings the schema of a register to the version of this program. */
final class RegisterSchema {

    private static final long VERSION = 4;

    private RegisterSchema() {}

    static long apply(Handle handle) {
        long version = Register.number(handle.createQuery("pragma user_version"));
        if (version > VERSION) {
            throw new EngineException(
                    ErrorCode.LEDGER_UNAVAILABLE,
                    "register: schema version %d (expected: %d or less); it was written by a newer Windrow: use that one"
                            .formatted(version, VERSION));
        }
        for (long next = version + 1; next <= VERSION; next++) {
            try (var script = handle.createScript(script(next))) {
                script.execute();
            }
            handle.execute("pragma user_version = " + next);
        }
        return VERSION;
    }

    private static String script(long version) {
        String name = version + ".sql";
        try (InputStream in = RegisterSchema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource: " + name + " (expected: in the jar)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
