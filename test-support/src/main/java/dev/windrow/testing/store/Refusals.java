package dev.windrow.testing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts with which code a call is refused. */
public final class Refusals {

    private Refusals() {}

    /** Runs the call, which must be refused with the code; returns the message. */
    public static String assertRefused(ErrorCode code, ThrowingCallable call) {
        EngineException refusal = catchThrowableOfType(EngineException.class, call);
        assertThat(refusal).as("a refusal with " + code).isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        return String.valueOf(refusal.getMessage());
    }
}
