package dev.windrow.client;

import dev.windrow.client.ComputeException.Kind;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Waits for the last operation on a compute, looking at it every five seconds at most. */
final class ComputeWait {
    private static final Duration SELDOM = Duration.ofSeconds(5);

    private final ComputeClient computes;
    private final @Nullable PrintStream out;
    private String printed = "";

    private ComputeWait(ComputeClient computes, @Nullable PrintStream out) {
        this.computes = computes;
        this.out = out;
    }

    static ComputeWait quiet(ComputeClient computes) {
        return new ComputeWait(computes, null);
    }

    static ComputeWait printing(ComputeClient computes, PrintStream out) {
        return new ComputeWait(computes, out);
    }

    void of(KubernetesCompute compute, boolean isDelete, Duration longest) {
        Optional<ComputeOperation> operation =
                compute.operation().flatMap(id -> end(id, compute.name(), longest));
        if (operation.isEmpty()) {
            withoutOperation(compute, isDelete);
            return;
        }
        say("\n" + operation.get().kind() + " has finished: " + operation.get().state() + "\n");
        if (!isDelete && operation.get().kind().equals("attach")) {
            compute.refreshState();
        }
        if (!operation.get().succeeded()) {
            throw failed(compute.name(), operation.get().state(), operation.get().error());
        }
        operation.get().error().ifPresent(left -> say(left.code() + ": " + left.message() + "\n"));
    }

    private void withoutOperation(KubernetesCompute compute, boolean isDelete) {
        if (!isDelete) {
            compute.refreshState();
        }
        say("nothing goes on; the state is " + compute.provisioningState() + "\n");
        if (compute.provisioningState() == ProvisioningState.FAILED) {
            throw failed(
                    compute.name(),
                    compute.provisioningState().toString(),
                    compute.provisioningErrors().stream().findFirst());
        }
    }

    private static ComputeException failed(
            String name, String state, Optional<ComputeFault> fault) {
        return new ComputeException(
                Kind.FAILED,
                fault.map(ComputeFault::code).orElse("COMPUTE_FAILED"),
                "%s: %s%s"
                        .formatted(name, state, fault.map(one -> ": " + one.message()).orElse("")));
    }

    /** Gives the operation at its end; empty when the server has forgotten it. */
    private Optional<ComputeOperation> end(String id, String name, Duration longest) {
        try {
            ComputeOperation end =
                    new Looking(computes::now, longest, SELDOM)
                            .until(ComputeOperation::ended, () -> looked(computes.operation(id)));
            if (!end.ended()) {
                throw new ComputeException(
                        Kind.TIMED_OUT,
                        "WAIT_TIMED_OUT",
                        "%s: %s goes on (expected: its end within %d s)"
                                .formatted(name, end.kind(), longest.toSeconds()));
            }
            return Optional.of(end);
        } catch (ComputeException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private ComputeOperation looked(ComputeOperation operation) {
        String line = operation.kind() + " " + operation.state();
        if (line.equals(printed)) {
            say(".");
        } else {
            say((printed.isEmpty() ? "" : "\n") + line);
            printed = line;
        }
        return operation;
    }

    private void say(String text) {
        PrintStream to = out;
        if (to != null) {
            to.print(text);
            to.flush();
        }
    }
}
