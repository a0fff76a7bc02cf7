package dev.windrow.api.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.windrow.api.oidc.IssuerKeys.Found;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class IssuerKeysTest {

    private Instant now = Instant.parse("2026-11-01T12:00:00Z");
    private CompletableFuture<JWKSet> next = new CompletableFuture<>();
    private int fetches;
    private final List<String> faults = new ArrayList<>();
    private final IssuerKeys keys =
            new IssuerKeys(this::fetch, () -> now, (what, _) -> faults.add(what));

    private CompletableFuture<JWKSet> fetch() {
        fetches++;
        return next;
    }

    private static JWKSet set(String... ids) throws Exception {
        List<JWK> all = new ArrayList<>();
        for (String id : ids) {
            all.add(new ECKeyGenerator(Curve.P_256).keyID(id).generate());
        }
        return new JWKSet(all);
    }

    private CompletableFuture<Found> find(String id) {
        return keys.find(all -> Optional.ofNullable(all.getKeyByKeyId(id)));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void manyWhoWaitShareOneFetch() throws Exception {
        CompletableFuture<Found> first = find("a");
        CompletableFuture<Found> second = find("b");
        assertThat(first).isNotDone();
        next.complete(set("a"));
        assertThat(first.join()).isInstanceOf(Found.Key.class);
        assertThat(second.join()).isInstanceOf(Found.Unknown.class);
        assertThat(fetches).isEqualTo(1);
    }

    @Test
    void anUnknownKeyIsLookedForAgainOnlyAfterAPause() throws Exception {
        next.complete(set("a"));
        find("a").join();
        next = CompletableFuture.completedFuture(set("a", "b"));
        assertThat(find("b").join()).isInstanceOf(Found.Unknown.class);
        assertThat(fetches).isEqualTo(1);
        pass(IssuerKeys.LEAST_PAUSE);
        assertThat(find("b").join()).isInstanceOf(Found.Key.class);
        for (int i = 0; i < 1_000; i++) {
            assertThat(find("c").join()).isInstanceOf(Found.Unknown.class);
        }
        assertThat(fetches).isEqualTo(2);
    }

    @Test
    void oldKeysAreFetchedAnewWhileNobodyWaits() throws Exception {
        next.complete(set("a"));
        find("a").join();
        next = new CompletableFuture<>();
        pass(IssuerKeys.FRESH.plusSeconds(1));
        assertThat(find("a").join()).isInstanceOf(Found.Key.class);
        assertThat(find("a").join()).isInstanceOf(Found.Key.class);
        assertThat(fetches).isEqualTo(2);
        next.complete(set("b"));
        assertThat(find("a").join()).isInstanceOf(Found.Unknown.class);
    }

    @Test
    void theLastGoodKeysStayForADayWhenTheIssuerIsDown() throws Exception {
        next.complete(set("a"));
        find("a").join();
        next = CompletableFuture.failedFuture(new IOException("down"));
        for (int hour = 0; hour < 24; hour++) {
            assertThat(find("a").join()).isInstanceOf(Found.Key.class);
            pass(Duration.ofHours(1));
        }
        assertThat(faults).hasSize(1);
        pass(Duration.ofSeconds(1));
        assertThat(find("a").join()).isInstanceOf(Found.NoKeys.class);
        next = CompletableFuture.completedFuture(set("a"));
        pass(IssuerKeys.LEAST_PAUSE);
        assertThat(find("a").join()).isInstanceOf(Found.Key.class);
    }

    @Test
    void anIssuerThatWasNeverReachedIsTriedAgainSoon() throws Exception {
        next.completeExceptionally(new IOException("down"));
        assertThat(find("a").join()).isInstanceOf(Found.NoKeys.class);
        assertThat(find("a").join()).isInstanceOf(Found.NoKeys.class);
        assertThat(fetches).isEqualTo(1);
        next = CompletableFuture.completedFuture(set("a"));
        pass(IssuerKeys.FIRST_PAUSE);
        assertThat(find("a").join()).isInstanceOf(Found.Key.class);
    }
}
