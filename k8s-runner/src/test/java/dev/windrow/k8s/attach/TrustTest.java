package dev.windrow.k8s.attach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.k8s.TestServer;
import dev.windrow.protocol.tls.Authorities;
import dev.windrow.runtime.host.ServerSecurity;
import dev.windrow.testing.tls.PemAuthority;
import dev.windrow.testing.tls.PemPair;
import dev.windrow.worker.remote.ServerProbe;
import dev.windrow.worker.remote.ServerProbe.Found;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What agents find of real servers with certificates that not everybody knows. */
final class TrustTest {

    private static final String HERE = "127.0.0.1";

    @TempDir private Path folder;
    private Path certificate = Path.of("");
    private Path key = Path.of("");

    @BeforeEach
    void place() {
        certificate = folder.resolve("server.crt");
        key = folder.resolve("server.key");
    }

    private Found look(PemPair pair, SSLContext trust) throws Exception {
        return look(pair, trust, "https");
    }

    private Found look(PemPair pair, SSLContext trust, String scheme) throws Exception {
        pair.write(certificate, key);
        try (TestServer server =
                TestServer.start(folder, HERE, ServerSecurity.tls(certificate, key))) {
            URI url = URI.create(server.url().toString().replace("https", scheme));
            return new ServerProbe(url, trust, InstantSource.system()).look();
        }
    }

    @Test
    void tellsThatAServerMayOnlySpeakTls() throws Exception {
        assertThat(look(PemPair.make(folder, "EC"), SSLContext.getDefault(), "http"))
                .isEqualTo(
                        new Found.Unreached(
                                "no Windrow server answers there in plain HTTP; perhaps its address begins with https://",
                                false));
    }

    private static SSLContext trusting(String pem) throws IOException {
        return Authorities.of(pem).trusted();
    }

    @Test
    void aServerIsReachedThatAnAuthorityOfOnesOwnVouchesFor() throws Exception {
        PemAuthority authority = PemAuthority.make(folder, "Farm");
        assertThat(look(authority.issue("ip:127.0.0.1"), trusting(authority.certificate())))
                .isEqualTo(new Found.Reached(""));
    }

    @Test
    void aCertificateThatSignsItselfCanBeTrustedByItself() throws Exception {
        PemPair pair = PemPair.make(folder, "EC");
        assertThat(look(pair, trusting(pair.certificate()))).isEqualTo(new Found.Reached(""));
    }

    @Test
    void tellsWhoseCertificateIsNotTrusted() throws Exception {
        PemAuthority authority = PemAuthority.make(folder, "Farm");
        assertThat(look(authority.issue("ip:127.0.0.1"), SSLContext.getDefault()))
                .isEqualTo(
                        new Found.Untrusted(
                                "its certificate is not trusted there: it is signed by CN=Farm"));
        assertThat(look(PemPair.make(folder, "EC"), SSLContext.getDefault()))
                .isEqualTo(
                        new Found.Untrusted(
                                "its certificate is not trusted there: it has signed it itself"));
    }

    @Test
    void tellsWhichNamesACertificateIsFor() throws Exception {
        PemAuthority authority = PemAuthority.make(folder, "Farm");
        assertThat(
                        look(
                                authority.issue("dns:farm.example,ip:10.0.0.1"),
                                trusting(authority.certificate())))
                .isEqualTo(
                        new Found.Unreached(
                                "its certificate is for farm.example, 10.0.0.1, and not for 127.0.0.1",
                                false));
    }

    @Test
    void tellsThatACertificateIsOver() throws Exception {
        PemAuthority authority = PemAuthority.make(folder, "Farm");
        PemPair over = authority.issue("ip:127.0.0.1", "-startdate", "-20d");
        assertThat(look(over, trusting(authority.certificate())))
                .isInstanceOfSatisfying(
                        Found.Unreached.class,
                        found ->
                                assertThat(found.cause())
                                        .matches(
                                                "its certificate, or one that vouches for it, is over \\(20..-.*Z\\)"));
    }
}
