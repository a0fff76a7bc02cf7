package dev.windrow.store.register;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A compute as the register has it.
 *
 * @param kind such as {@code kubernetes}
 * @param spec what it was attached with, as JSON
 * @param findings what was found when it was looked at last, as JSON
 * @param error why it is Failed
 * @param operation the last one that was begun on it
 */
public record RegisteredCompute(
        ComputeKey key,
        String kind,
        String spec,
        Optional<String> findings,
        ComputeTexts texts,
        ProvisioningState state,
        Optional<Fault> error,
        Optional<String> operation,
        Trace trace) {

    /** Labels that may be changed. */
    public record ComputeTexts(Optional<String> description, Map<String, String> tags) {

        /** No label. */
        public static final ComputeTexts NONE = new ComputeTexts(Optional.empty(), Map.of());

        public ComputeTexts {
            tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        }
    }

    /** The same with other labels. */
    public RegisteredCompute withTexts(ComputeTexts changed, Trace changedBy) {
        return new RegisteredCompute(
                key, kind, spec, findings, changed, state, error, operation, changedBy);
    }

    /** The same with another attachment. */
    public RegisteredCompute withSpec(String changed) {
        return new RegisteredCompute(
                key, kind, changed, findings, texts, state, error, operation, trace);
    }

    /** The same, on its way to another state by an operation. */
    public RegisteredCompute passing(ProvisioningState to, String by, Trace changedBy) {
        return new RegisteredCompute(
                key, kind, spec, findings, texts, to, Optional.empty(), Optional.of(by), changedBy);
    }

    /** The same, looked at with success. */
    public RegisteredCompute succeeded(Optional<String> found, Trace at) {
        return new RegisteredCompute(
                key,
                kind,
                spec,
                found,
                texts,
                ProvisioningState.SUCCEEDED,
                Optional.empty(),
                operation,
                at);
    }

    /** The same, failed. */
    public RegisteredCompute failed(Fault why, Trace at) {
        return new RegisteredCompute(
                key,
                kind,
                spec,
                findings,
                texts,
                ProvisioningState.FAILED,
                Optional.of(why),
                operation,
                at);
    }
}
