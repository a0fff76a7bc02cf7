package dev.windrow.store.register;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The part of the register about computes and what is done to them. As with the {@link Register},
 * each call is one transaction.
 */
public final class ComputeRegister {

    private static final int ENDED_KEPT = 1_000;

    private final Register register;

    ComputeRegister(Register register) {
        this.register = register;
    }

    /** The compute of this key. */
    public Optional<RegisteredCompute> find(ComputeKey key) {
        return register.read(handle -> ComputeSql.find(handle, key));
    }

    /** Computes of a workspace in the order of their names, from after this one. */
    public List<RegisteredCompute> list(String workspace, String after, int max) {
        return register.read(handle -> ComputeSql.list(handle, workspace, after, max));
    }

    /** All computes of a kind, of every workspace, without their labels. */
    public List<RegisteredCompute> ofKind(String kind) {
        return register.read(handle -> ComputeSql.ofKind(handle, kind));
    }

    /** Keeps a compute, in place of the one of its key. */
    public void put(RegisteredCompute compute) {
        register.change(handle -> {
            ComputeSql.put(handle, compute);
            return true;
        });
    }

    /** Keeps a compute together with the operation that is begun on it. */
    public void begin(RegisteredCompute compute, ComputeOperation operation) {
        register.change(handle -> {
            ComputeSql.put(handle, compute);
            OperationSql.put(handle, operation, ENDED_KEPT);
            return true;
        });
    }

    /**
     * Ends an operation and changes its compute, unless the operation has ended already.
     *
     * @param ended at its end
     * @param change gives the compute as it is now; empty to forget it
     */
    public void end(ComputeOperation ended, UnaryOperator<Optional<RegisteredCompute>> change) {
        register.change(handle -> {
            boolean goesOn =
                    OperationSql.find(handle, ended.workspace(), ended.id())
                            .filter(known -> known.endedAt().isEmpty())
                            .isPresent();
            if (goesOn) {
                OperationSql.put(handle, ended, ENDED_KEPT);
                change.apply(ComputeSql.find(handle, ended.key()))
                        .ifPresentOrElse(
                                one -> ComputeSql.put(handle, one),
                                () -> ComputeSql.remove(handle, ended.key()));
            }
            return goesOn;
        });
    }

    /** An operation; those that ended long ago are forgotten. */
    public Optional<ComputeOperation> operation(String workspace, String id) {
        return register.read(handle -> OperationSql.find(handle, workspace, id));
    }

    /** All operations that have not ended, the oldest first. */
    public List<ComputeOperation> unfinished() {
        return register.read(OperationSql::unfinished);
    }

    /** Names of jobs on a compute that have not ended, the oldest first. */
    public List<String> jobs(ComputeKey key, int max) {
        return register.read(handle -> ComputeSql.jobs(handle, key, max));
    }
}
