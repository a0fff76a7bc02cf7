package dev.windrow.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.engine.error.EngineException;
import dev.windrow.model.compute.ClusterCredentials;
import dev.windrow.store.register.ComputeKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials on disk: for their owner alone, and gone with their compute. */
final class ClusterSecretsTest {

    private static final ComputeKey GPU = new ComputeKey("default", "gpu");
    private static final ComputeKey CPU = new ComputeKey("team-a", "cpu");

    private final Path folder;
    private final ClusterSecrets secrets;

    ClusterSecretsTest(@TempDir Path folder) {
        this.folder = folder;
        this.secrets = ClusterSecrets.below(folder);
    }

    private static ClusterCredentials account(String token) {
        return new ClusterCredentials(URI.create("https://10.0.0.1:6443"), "PEM\n", token);
    }

    @Test
    void keepsThemForTheOwnerAlone() throws IOException {
        assertThat(secrets.of(GPU)).isEmpty();
        secrets.keep(GPU, account("one"));
        secrets.keep(GPU, account("two"));
        assertThat(secrets.of(GPU)).contains(account("two"));
        Path file = folder.resolve("clusters/default/gpu.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(secrets.hasAny(GPU, Optional.empty())).isTrue();
        assertThat(secrets.hasAny(GPU, Optional.of(account("two")))).isTrue();
        assertThat(secrets.hasAny(GPU, Optional.of(account("one")))).isFalse();
        secrets.forget(GPU);
        secrets.forget(GPU);
        assertThat(secrets.of(GPU)).isEmpty();
    }

    @Test
    void forgetsThoseOfComputesThatAreNotThere() {
        secrets.forgetBut(_ -> true);
        secrets.keep(GPU, account("one"));
        secrets.keep(CPU, account("two"));
        secrets.forgetBut(GPU::equals);
        assertThat(secrets.of(GPU)).isPresent();
        assertThat(secrets.of(CPU)).isEmpty();
    }

    @Test
    void tellsNothingOfAFileThatIsBroken() throws IOException {
        secrets.keep(GPU, account("one"));
        Files.writeString(folder.resolve("clusters/default/gpu.json"), "{\"token\": \"s3cr3t");
        assertThatThrownBy(() -> secrets.of(GPU))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("gpu.json is no credentials")
                .hasMessageNotContaining("s3cr3t");
    }
}
