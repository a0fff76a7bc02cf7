package dev.windrow.engine.error;

import org.jspecify.annotations.Nullable;

/** The one exception of the engine. Its message is fit for a user. */
public final class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public EngineException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public EngineException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
