package dev.windrow.client;

import dev.windrow.client.MiniBatch.AttemptError;
import java.util.Objects;
import java.util.Optional;

/**
 * One mini-batch in a list.
 *
 * @param items how many it holds
 * @param returned how many results {@code run()} returned
 * @param seconds of the run that counts
 */
public record MiniBatchRow(
        int index,
        MiniBatch.State state,
        long items,
        long returned,
        Optional<String> worker,
        Optional<Double> seconds,
        Optional<AttemptError> error) {
    /** Takes states that this client does not know for unknown. */
    public MiniBatchRow {
        state = Objects.requireNonNullElse(state, MiniBatch.State.UNKNOWN);
    }
}
