package dev.windrow.model.compute;

import java.util.Optional;

/**
 * A taint of machines that does not keep pods away.
 *
 * @param key empty for all taints
 * @param value empty for all values of the key; an empty text is a value
 * @param effect empty for all effects
 */
public record Toleration(Optional<String> key, Optional<String> value, Optional<String> effect) {}
