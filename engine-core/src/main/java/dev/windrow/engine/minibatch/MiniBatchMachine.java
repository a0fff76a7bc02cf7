package dev.windrow.engine.minibatch;

import dev.windrow.engine.minibatch.MiniBatchEvent.AttemptFailed;
import dev.windrow.engine.minibatch.MiniBatchEvent.AttemptSucceeded;
import dev.windrow.engine.minibatch.MiniBatchEvent.LeaseAdopted;
import dev.windrow.engine.minibatch.MiniBatchEvent.LeaseGranted;
import dev.windrow.engine.minibatch.MiniBatchEvent.LeaseLost;
import dev.windrow.engine.minibatch.MiniBatchEvent.LeaseReturned;
import dev.windrow.engine.minibatch.MiniBatchEvent.SuspensionEnded;
import dev.windrow.engine.minibatch.MiniBatchState.Failed;
import dev.windrow.engine.minibatch.MiniBatchState.Leased;
import dev.windrow.engine.minibatch.MiniBatchState.Pending;
import dev.windrow.engine.minibatch.MiniBatchState.Succeeded;
import dev.windrow.engine.minibatch.MiniBatchState.Suspended;
import dev.windrow.engine.minibatch.MiniBatchStep.Outcome;

/**
 * Decides what an event does to a mini-batch. Pure: no clock, no randomness, no I/O.
 *
 * <p>One attempt counts. An event changes a leased mini-batch only under the lease's own token. A
 * result from an earlier epoch counts when the mini-batch has not ended and is not leased anew,
 * because the rows behind it are durable and nobody else will deliver them.
 *
 * @param maxRetries attempts after the first that the user allows, from 0
 * @param maxLosses lost leases after which the mini-batch is given up, from 1
 */
public record MiniBatchMachine(int maxRetries, int maxLosses) {

    /** Losses by the infrastructure that one mini-batch survives. */
    public static final int LOSSES_MAX = 10;

    public MiniBatchMachine {
        if (maxRetries < 0 || maxLosses < 1) {
            throw new IllegalArgumentException(
                    "max_retries, losses: %d, %d (expected: >= 0, >= 1)"
                            .formatted(maxRetries, maxLosses));
        }
    }

    /**
     * The state after the event, and what the loop has to do about it.
     *
     * @param epoch the epoch of the loop that asks
     * @throws IllegalStateException when the loop itself is wrong: it leases what is not free
     */
    public MiniBatchStep on(MiniBatchState state, MiniBatchEvent event, long epoch) {
        return switch (state) {
            case Pending pending -> onFree(pending, event, epoch);
            case Suspended suspended -> onFree(suspended, event, epoch);
            case Leased leased -> onLeased(leased, event);
            case Succeeded _, Failed _ -> ignored(state);
        };
    }

    private MiniBatchStep onFree(MiniBatchState state, MiniBatchEvent event, long epoch) {
        Tries tries = state.tries();
        return switch (event) {
            case LeaseGranted(LeaseToken token, int agent) -> {
                if (!(state instanceof Pending)) {
                    throw new IllegalStateException("leased while suspended: " + token);
                }
                yield new MiniBatchStep(new Leased(tries, token, agent), Outcome.HELD);
            }
            case LeaseAdopted(LeaseToken token, int agent) ->
                    fromEarlier(token, tries, epoch)
                            ? new MiniBatchStep(new Leased(tries, token, agent), Outcome.HELD)
                            : ignored(state);
            case AttemptSucceeded(LeaseToken token) ->
                    fromEarlier(token, tries, epoch) ? succeeded(tries) : ignored(state);
            case AttemptFailed(LeaseToken token) ->
                    fromEarlier(token, tries, epoch) ? failed(tries, token) : ignored(state);
            case SuspensionEnded _ ->
                    state instanceof Suspended
                            ? new MiniBatchStep(new Pending(tries), Outcome.FREED)
                            : ignored(state);
            case LeaseReturned _, LeaseLost _ -> ignored(state);
        };
    }

    private static boolean fromEarlier(LeaseToken token, Tries tries, long epoch) {
        return token.epoch() < epoch && !tries.counted(token);
    }

    private MiniBatchStep onLeased(Leased leased, MiniBatchEvent event) {
        if (!event.token().equals(leased.token())) {
            return ignored(leased);
        }
        Tries tries = leased.tries();
        return switch (event) {
            case LeaseGranted _ ->
                    throw new IllegalStateException("leased twice: " + leased.token());
            case LeaseAdopted _, SuspensionEnded _ -> ignored(leased);
            case LeaseReturned _ -> new MiniBatchStep(new Pending(tries), Outcome.FREED);
            case LeaseLost(LeaseToken token) -> lost(tries.lost(token));
            case AttemptSucceeded _ -> succeeded(tries);
            case AttemptFailed(LeaseToken token) -> failed(tries, token);
        };
    }

    private static MiniBatchStep ignored(MiniBatchState state) {
        return new MiniBatchStep(state, Outcome.IGNORED);
    }

    private static MiniBatchStep succeeded(Tries tries) {
        MiniBatchState state =
                tries.equals(Tries.NONE) ? MiniBatchStates.SUCCEEDED_AT_ONCE : new Succeeded(tries);
        return new MiniBatchStep(state, Outcome.SUCCEEDED);
    }

    private MiniBatchStep failed(Tries before, LeaseToken token) {
        Tries tries = before.failed(token);
        return tries.failures() > maxRetries
                ? new MiniBatchStep(new Failed(tries), Outcome.FAILED)
                : new MiniBatchStep(new Pending(tries), Outcome.RETRIED);
    }

    private MiniBatchStep lost(Tries tries) {
        return tries.losses() >= maxLosses
                ? new MiniBatchStep(new Failed(tries), Outcome.LOST_TOO_OFTEN)
                : new MiniBatchStep(new Pending(tries), Outcome.LOST);
    }
}
