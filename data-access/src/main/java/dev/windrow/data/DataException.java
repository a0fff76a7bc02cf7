package dev.windrow.data;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A fault of data access, with a code for programs and a sentence for people. */
public final class DataException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final DataError code;

    public DataException(DataError code, String message) {
        this(code, message, null);
    }

    public DataException(DataError code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** A fault whose message reads {@code name: value (expected: rule)}. */
    public static DataException of(DataError code, String name, Object value, String rule) {
        return new DataException(code, name + ": " + value + " (expected: " + rule + ")");
    }

    public DataError code() {
        return code;
    }
}
