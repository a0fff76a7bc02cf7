package dev.windrow.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a job file is read.
 *
 * @param overrides {@code path=value} each; the value is YAML
 * @param inputs paths that replace those of inputs, by name; relative to the current folder
 * @param outputs paths that replace those of outputs, by name; relative to the current folder
 * @param strictKeys whether unknown keys are mistakes rather than warnings
 * @param checkFiles whether local code, scripts and inputs must exist
 */
public record ReadOptions(
        List<String> overrides,
        Map<String, String> inputs,
        Map<String, String> outputs,
        boolean strictKeys,
        boolean checkFiles) {
    /** Copies the collections. */
    public ReadOptions {
        overrides = List.copyOf(overrides);
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    /** Reads the file as it is, without looking at other files. */
    public static ReadOptions plain() {
        return new ReadOptions(List.of(), Map.of(), Map.of(), false, false);
    }
}
