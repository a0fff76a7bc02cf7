package dev.windrow.model;

import java.util.List;
import java.util.Optional;

/**
 * Which input is cut into mini-batches, and how.
 *
 * @param input name of the one input that is split
 * @param partitionKeys one mini-batch for each combination of these keys; wins over the size
 */
public record Split(
        String input, Optional<Bindable<MiniBatchSize>> miniBatchSize, List<String> partitionKeys) {
    /** Rejects a blank name and copies the keys. */
    public Split {
        Rules.notBlank("input_data", input);
        partitionKeys = List.copyOf(partitionKeys);
    }

    /** Splits the input of that name with nothing else set. */
    public static Split of(String input) {
        return new Split(input, Optional.empty(), List.of());
    }
}
