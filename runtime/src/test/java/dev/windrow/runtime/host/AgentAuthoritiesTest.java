package dev.windrow.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.engine.error.EngineException;
import dev.windrow.protocol.tls.Authorities;
import dev.windrow.testing.tls.PemAuthority;
import dev.windrow.testing.tls.PemPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of authorities that pods are told of. */
final class AgentAuthoritiesTest {

    @TempDir Path folder;
    private Path file;
    private final List<String> faults = new ArrayList<>();

    @BeforeEach
    void place() {
        file = folder.resolve("ca.crt");
    }

    private AgentAuthorities read() {
        return AgentAuthorities.in(file, (what, why) -> faults.add(what + ": " + why.getMessage()));
    }

    @Test
    void tellsTheCertificatesOfTheFileAndNothingElseOfIt() throws Exception {
        String one = PemAuthority.make(folder, "one").certificate();
        PemPair two = PemPair.make(folder, "EC");
        Files.writeString(file, "# first: ä\n" + one + two.key() + two.certificate());

        assertThat(read().pem()).isEqualTo(one + two.certificate());
    }

    @Test
    void refusesAFileThatCannotBeTold() throws Exception {
        String rule = "one certificate in PEM at least, and 64 KiB at most";
        assertRefused("a file that can be read");
        Files.writeString(file, PemPair.make(folder, "EC").key());
        assertRefused(rule);
        Files.writeString(file, "-----BEGIN CERTIFICATE-----\nMTIz\n-----END CERTIFICATE-----\n");
        assertRefused(rule);
        String certificate = PemAuthority.make(folder, "one").certificate();
        Files.writeString(file, certificate.repeat(1 + Authorities.MOST / certificate.length()));
        assertRefused(rule);
    }

    private void assertRefused(String expected) {
        assertThatThrownBy(this::read)
                .isInstanceOf(EngineException.class)
                .hasMessage("agent-ca-file: %s (expected: %s)", file, expected);
    }

    /** As Kubernetes replaces what a Secret has mounted. */
    @Test
    void takesTheNextFileAndKeepsTheFormerOneWhileThatIsBroken() throws Exception {
        String first = PemAuthority.make(folder, "first").certificate();
        String second = PemAuthority.make(folder, "second").certificate();
        Path now = link(first);
        Files.createSymbolicLink(file, Path.of("..data/ca.crt"));
        AgentAuthorities authorities = read();
        assertThat(authorities.pem()).isEqualTo(first);

        Files.move(link("nothing"), now, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        assertThat(authorities.pem()).isEqualTo(first);
        assertThat(authorities.pem()).isEqualTo(first);
        assertThat(faults)
                .singleElement()
                .asString()
                .contains("the former one stays", "agent-ca-file: " + file);

        Files.move(link(second), now, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        assertThat(authorities.pem()).isEqualTo(second);
    }

    private Path link(String text) throws IOException {
        Path data = Files.createTempDirectory(folder, "..");
        Files.writeString(data.resolve("ca.crt"), text);
        Path link = folder.resolve(Files.exists(folder.resolve("..data")) ? "..next" : "..data");
        return Files.createSymbolicLink(link, data.getFileName());
    }
}
