package dev.windrow.runtime.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.stream.Collectors;

/** Values that are not to be told, as one text for the harness. */
final class MaskedValues {

    private MaskedValues() {}

    static String of(Collection<String> values) {
        return values.stream()
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                .map(Base64.getEncoder()::encodeToString)
                .collect(Collectors.joining(" "));
    }
}
