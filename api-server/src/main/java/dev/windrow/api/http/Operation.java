package dev.windrow.api.http;

import dev.windrow.api.http.Caller.Role;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;

/**
 * One operation of the contract.
 *
 * @param id the contract's {@code operationId}
 * @param method such as {@code GET}
 * @param path as the contract has it, with {@code {name}} for its parts
 * @param role that a caller needs
 * @param work runs on a thread that may block
 * @param stream how its body is read; empty for a document, which has arrived before the work
 *     begins
 * @param bodyMax bytes of a document that is longer than others may be
 * @param guard looks at who comes, beside the role, before any of the body is read
 */
public record Operation(
        String id,
        String method,
        String path,
        Role role,
        Work work,
        Optional<Streamed> stream,
        OptionalLong bodyMax,
        Guard guard) {

    /**
     * A body that is read while it arrives, never more than a few pieces of it in memory.
     *
     * @param threads do the work; bounded, and refuse what is too much
     * @param bodyMax bytes
     */
    public record Streamed(ExecutorService threads, long bodyMax) {}

    /** An operation on documents. */
    public Operation(String id, String method, String path, Role role, Work work) {
        this(id, method, path, role, work, Optional.empty());
    }

    /** An operation whose body is read as {@code stream} says. */
    public Operation(
            String id,
            String method,
            String path,
            Role role,
            Work work,
            Optional<Streamed> stream) {
        this(id, method, path, role, work, stream, OptionalLong.empty(), _ -> {});
    }

    /** The same for a document of so many bytes. */
    public Operation withBodyMax(long bytes) {
        return new Operation(id, method, path, role, work, stream, OptionalLong.of(bytes), guard);
    }

    /** The same for callers that have more to show than a role. */
    public Operation guardedBy(Guard other) {
        return new Operation(id, method, path, role, work, stream, bodyMax, other);
    }

    /** Lets callers in that users' tokens say nothing of. */
    @FunctionalInterface
    public interface Guard {
        /**
         * Looks at a caller; on the event loop, so it must not block.
         *
         * @param authorization header of the request; empty when it has none
         * @throws Problem to refuse it
         */
        void check(String authorization);
    }

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

    /**
     * What agents ask for all the time by themselves: when it goes well there is no line about it
     * in the audit log, which would hold nothing else.
     */
    @FunctionalInterface
    public interface Routine extends Work {}
}
