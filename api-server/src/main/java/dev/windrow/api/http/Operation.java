package dev.windrow.api.http;

import dev.windrow.api.http.Caller.Role;

/**
 * One operation of the contract.
 *
 * @param id the contract's {@code operationId}
 * @param method such as {@code GET}
 * @param path as the contract has it, with {@code {name}} for its parts
 * @param role that a caller needs
 * @param work runs on a thread that may block
 */
public record Operation(String id, String method, String path, Role role, Work work) {

    /** What it does. */
    @FunctionalInterface
    public interface Work {
        /**
         * Answers a request.
         *
         * @throws Problem to refuse it
         */
        Answer answer(Request request);
    }
}
