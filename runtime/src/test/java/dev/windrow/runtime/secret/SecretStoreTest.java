package dev.windrow.runtime.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.engine.error.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretStoreTest {

    private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");

    @TempDir Path home;

    @Test
    void aValueComesBackAsItWasWhateverItHolds() {
        SecretStore store = SecretStore.of(home);
        String odd = "line one\nline \u00fc \ud83c\udf3e\t\u0000 ${{secrets.A}} $1 \\";
        assertThat(store.set("A", odd, "ada", AT)).isTrue();
        assertThat(SecretStore.of(home).value("A")).contains(odd);
        assertThat(store.value("B")).isEmpty();
        assertThat(Secrets.of(home, _ -> "").resolve(Map.of("V", "<${{ secrets.A }}>")))
                .containsEntry("V", "<" + odd + ">");
    }

    @Test
    void theSameValueIsNeverWrittenTheSameWay() throws Exception {
        SecretStore store = SecretStore.of(home);
        store.set("A", "value", "ada", AT);
        String first = Files.readString(home.resolve("server/secrets.enc"));
        store.set("A", "value", "ada", AT);
        assertThat(Files.readString(home.resolve("server/secrets.enc"))).isNotEqualTo(first);
    }

    @Test
    void aValueThatWasPutUnderAnotherNameIsNotBelieved() throws Exception {
        SecretStore store = SecretStore.of(home);
        store.set("A", "value", "ada", AT);
        Path file = home.resolve("server/secrets.enc");
        Files.writeString(file, Files.readString(file).replace("\nA ", "\nB "));
        assertThatThrownBy(() -> store.value("B"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("secret B: cannot be decrypted");
    }

    @Test
    void aFileThatIsBrokenIsTold() throws Exception {
        SecretStore store = SecretStore.of(home);
        store.set("A", "value", "ada", AT);
        Path file = home.resolve("server/secrets.enc");
        Files.writeString(file, "anything\n");
        assertThatThrownBy(store::all).hasMessageContaining("no file of secrets");
    }

    @Test
    void noMoreAreKeptThanTheBound() {
        SecretStore store = SecretStore.of(home);
        for (int i = 0; i < SecretStore.MOST; i++) {
            assertThat(store.set("S" + i, "v", "ada", AT)).isTrue();
        }
        assertThat(store.set("ONE_MORE", "v", "ada", AT)).isFalse();
        assertThat(store.set("S0", "w", "ada", AT)).isTrue();
    }

    @Test
    void aVariableIsTakenWhereTheStoreHasNone() {
        Secrets secrets =
                Secrets.of(home, name -> name.equals("WINDROW_SECRET_KEY") ? "from outside" : "");
        assertThat(secrets.resolve(Map.of("K", "${{secrets.KEY}}", "PLAIN", "x")))
                .containsEntry("K", "from outside")
                .containsEntry("PLAIN", "x")
                .containsKey(Secrets.MASKED);
        SecretStore.of(home).set("KEY", "from the store", "ada", AT);
        assertThat(secrets.resolve(Map.of("K", "${{secrets.KEY}}")))
                .containsEntry("K", "from the store");
        assertThatThrownBy(() -> secrets.resolve(Map.of("K", "${{secrets.OTHER}}")))
                .hasMessageContaining("secret: OTHER is not there");
        assertThat(secrets.resolve(Map.of("PLAIN", "x"))).isEqualTo(Map.of("PLAIN", "x"));
    }
}
