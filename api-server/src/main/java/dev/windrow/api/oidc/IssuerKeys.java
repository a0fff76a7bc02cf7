package dev.windrow.api.oidc;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's keys, kept for some minutes. A key that is not known has them fetched anew, but not
 * more often than every {@link #LEAST_PAUSE}; while the issuer cannot be reached the last ones are
 * good for {@link #LONGEST}. For any number of threads; nothing blocks.
 */
final class IssuerKeys {

    /** After this they are fetched anew, while the old ones are used. */
    static final Duration FRESH = Duration.ofMinutes(10);

    /** Not more often than this, whatever callers ask for. */
    static final Duration LEAST_PAUSE = Duration.ofSeconds(30);

    /** The same while there are none at all. */
    static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

    /** After this they are good no more. */
    static final Duration LONGEST = Duration.ofHours(24);

    private final Supplier<CompletableFuture<JWKSet>> source;
    private final InstantSource clock;
    private final BiConsumer<String, Throwable> faults;
    private @Nullable Kept kept;
    private @Nullable CompletableFuture<Boolean> fetching;
    private Instant lastTry = Instant.MIN;
    private boolean told;

    private record Kept(JWKSet keys, Instant at) {}

    /**
     * @param source fetches them; must not block
     * @param faults hears when they cannot be fetched, once until they can be again
     */
    IssuerKeys(
            Supplier<CompletableFuture<JWKSet>> source,
            InstantSource clock,
            BiConsumer<String, Throwable> faults) {
        this.source = source;
        this.clock = clock;
        this.faults = faults;
    }

    /** What was looked for. */
    sealed interface Found {
        record Key(JWK key) implements Found {}

        /** The issuer has no such key. */
        record Unknown() implements Found {}

        /** There are no keys at all: the issuer was never reached, or not for too long. */
        record NoKeys() implements Found {}
    }

    /**
     * Looks for a key.
     *
     * @param choice gives it out of all keys
     */
    CompletableFuture<Found> find(Function<JWKSet, Optional<JWK>> choice) {
        Found now;
        CompletableFuture<Boolean> next;
        synchronized (this) {
            Instant at = clock.instant();
            now = look(choice, at);
            boolean stale = kept == null || kept.at().plus(FRESH).isBefore(at);
            boolean known = now instanceof Found.Key;
            next = known && !stale ? done() : refresh(at);
            if (known) {
                return CompletableFuture.completedFuture(now);
            }
        }
        return next.thenApply(_ -> again(choice));
    }

    private static CompletableFuture<Boolean> done() {
        return CompletableFuture.completedFuture(true);
    }

    private synchronized Found again(Function<JWKSet, Optional<JWK>> choice) {
        return look(choice, clock.instant());
    }

    private Found look(Function<JWKSet, Optional<JWK>> choice, Instant at) {
        Kept have = kept;
        if (have == null || have.at().plus(LONGEST).isBefore(at)) {
            return new Found.NoKeys();
        }
        return choice.apply(have.keys()).<Found>map(Found.Key::new).orElseGet(Found.Unknown::new);
    }

    /** One fetch at a time, and none too soon; ends well whether it has worked or not. */
    private CompletableFuture<Boolean> refresh(Instant at) {
        CompletableFuture<Boolean> running = fetching;
        if (running != null) {
            return running;
        }
        Duration pause = kept == null ? FIRST_PAUSE : LEAST_PAUSE;
        if (!lastTry.equals(Instant.MIN) && at.isBefore(lastTry.plus(pause))) {
            return done();
        }
        lastTry = at;
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        fetching = end;
        CompletableFuture<JWKSet> _ =
                source.get()
                        .whenComplete((keys, failure) -> {
                            ended(keys, failure);
                            end.complete(failure == null);
                        });
        return end;
    }

    private void ended(@Nullable JWKSet keys, @Nullable Throwable failure) {
        boolean tell;
        synchronized (this) {
            fetching = null;
            if (keys != null) {
                kept = new Kept(keys, clock.instant());
            }
            tell = failure != null && !told;
            told = failure != null;
        }
        if (tell && failure != null) {
            Throwable cause = failure.getCause();
            faults.accept(
                    "the issuer's keys cannot be fetched; those known stay in use",
                    failure instanceof CompletionException && cause != null ? cause : failure);
        }
    }
}
