package dev.windrow.client;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One mini-batch with its items and all its failed attempts.
 *
 * @param items how many it holds
 * @param returned how many results {@code run()} returned
 * @param seconds of the run that counts
 * @param itemNames at most 1000
 */
public record MiniBatch(
        int index,
        State state,
        long items,
        Optional<Long> returned,
        Optional<String> worker,
        Optional<Double> seconds,
        Optional<AttemptError> error,
        List<String> itemNames,
        List<FailedAttempt> failedAttempts) {
    /** Copies the lists. */
    public MiniBatch {
        state = Objects.requireNonNullElse(state, State.UNKNOWN);
        itemNames = Json.list(itemNames);
        failedAttempts = Json.list(failedAttempts);
    }

    /** What became of a mini-batch. */
    public enum State {
        SUCCEEDED("succeeded"),
        FAILED("failed"),
        OUTSTANDING("outstanding"),
        /** A word that this client does not know. */
        UNKNOWN("unknown");

        private final String text;

        State(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Why an attempt failed, with the script's own traceback where there is one. */
    public record AttemptError(String cause, String message, Optional<String> traceback) {
        /** Insists on what every error has. */
        public AttemptError {
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(message, "message");
        }
    }

    /** One attempt that failed; numbers count from 1. */
    public record FailedAttempt(
            int number, Optional<String> worker, Optional<Double> seconds, AttemptError error) {
        /** Insists on the error. */
        public FailedAttempt {
            Objects.requireNonNull(error, "error");
        }
    }
}
