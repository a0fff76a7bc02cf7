package dev.windrow.k8s.access;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How a cluster is called: again when it was away for a moment, and at most ten times a second when
 * something is to be changed, which is what one server may ask of an API server that others need
 * too. Safe for use by several threads.
 */
public final class Calls {

    private static final int CHANGES_A_SECOND = 10;
    private static final Duration TURN_MAX = Duration.ofSeconds(30);
    private static final int TRIES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final int TOO_MANY = 429;
    private static final int FAULT = 500;

    private final Retry retry;
    private final RateLimiter changes;

    /**
     * @param cluster for messages
     * @param changes gives turns to those who change something
     */
    Calls(String cluster, RateLimiter changes) {
        this.changes = changes;
        this.retry =
                Retry.of(
                        cluster,
                        RetryConfig.custom()
                                .maxAttempts(TRIES)
                                .intervalFunction(
                                        IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2))
                                .retryOnException(Calls::passes)
                                .build());
    }

    /** What gives turns at a cluster. */
    static RateLimiter turns(String cluster) {
        return RateLimiter.of(
                cluster,
                RateLimiterConfig.custom()
                        .limitForPeriod(1)
                        .limitRefreshPeriod(Duration.ofSeconds(1).dividedBy(CHANGES_A_SECOND))
                        .timeoutDuration(TURN_MAX)
                        .build());
    }

    /** True for what may be different a moment later. */
    private static boolean passes(Throwable fault) {
        return fault instanceof KubernetesClientException refusal
                && (Refusals.isUnreachable(refusal)
                        || refusal.getCode() == TOO_MANY
                        || refusal.getCode() >= FAULT);
    }

    /**
     * Asks for something; what is asked may be asked twice.
     *
     * @throws RefusedException with the reason
     */
    public <T> T read(Supplier<T> call) {
        return told(Retry.decorateSupplier(retry, call));
    }

    /**
     * Changes something, in its turn; what is done may be done twice.
     *
     * @throws RefusedException with the reason
     */
    public <T> T change(Supplier<T> call) {
        return told(Retry.decorateSupplier(retry, RateLimiter.decorateSupplier(changes, call)));
    }

    private static <T> T told(Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            throw new RefusedException(Refusals.sentence(e), e);
        }
    }
}
