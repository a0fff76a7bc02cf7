package dev.windrow.testing.sim;

import java.util.Optional;

/** Where output appears, whole or not at all. */
public final class SimTarget {

    private Optional<String> output = Optional.empty();
    private Optional<String> partial = Optional.empty();

    /** Replaces what is there in one go. */
    public void publish(boolean asPartial, String text) {
        if (asPartial) {
            partial = Optional.of(text);
        } else {
            output = Optional.of(text);
        }
    }

    public Optional<String> output() {
        return output;
    }

    public Optional<String> partial() {
        return partial;
    }
}
