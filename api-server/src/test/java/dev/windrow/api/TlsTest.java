package dev.windrow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.engine.error.EngineException;
import dev.windrow.runtime.host.HostLimits;
import dev.windrow.runtime.host.ServerConfig;
import dev.windrow.runtime.host.ServerSecurity;
import dev.windrow.testing.tls.PemPair;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real handshakes with a running server. */
@Timeout(60)
final class TlsTest {

    @TempDir Path home;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private Path certificate;
    private Path key;

    @BeforeEach
    void files() {
        certificate = home.resolve("server.crt");
        key = home.resolve("server.key");
    }

    private Optional<ApiServer> server = Optional.empty();

    private ApiServer start() throws IOException {
        return start(ServerSecurity.tls(certificate, key));
    }

    private ApiServer start(ServerSecurity security) throws IOException {
        ServerConfig config =
                new ServerConfig(
                        home,
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        HostLimits.DEFAULT,
                        security,
                        Optional.empty(),
                        ServerConfig.Images.USUAL);
        ApiServer started =
                ApiServer.start(config, "test", (what, fault) -> faults.add(what + ": " + fault));
        server = Optional.of(started);
        return started;
    }

    @AfterEach
    void stop() throws IOException {
        if (server.isPresent()) {
            server.get().close();
        }
    }

    /** Serial number of the certificate that the server shows. */
    private static String serial(ApiServer server) throws Exception {
        URI url = URI.create(server.url());
        assertThat(url.getScheme()).isEqualTo("https");
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anyone()}, null);
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(url.getHost(), url.getPort())) {
            socket.startHandshake();
            socket.getOutputStream()
                    .write(
                            "GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSerialNumber().toString(16);
        }
    }

    /** Only looks; which certificate is shown is what the tests are about. */
    private static final class Anyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void showsItsCertificate(String algorithm) throws Exception {
        PemPair pair = PemPair.make(home, algorithm);
        pair.write(certificate, key);
        assertThat(serial(start())).isEqualTo(pair.serial());
        assertThat(faults).isEmpty();
    }

    @Test
    void takesANewPairWithoutARestartAndKeepsTheFormerOneWhenTheNewIsBroken() throws Exception {
        PemPair first = PemPair.make(home, "EC");
        PemPair second = PemPair.make(home, "RSA");
        PemPair third = PemPair.make(home, "EC");
        first.write(certificate, key);
        ApiServer running = start();
        assertThat(serial(running)).isEqualTo(first.serial());
        second.write(certificate, key);
        while (!serial(running).equals(second.serial())) {
            Thread.onSpinWait();
        }
        Files.writeString(certificate, third.certificate());
        while (faults.isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(faults).hasSize(1);
        assertThat(faults.getFirst())
                .contains("the former one stays", "tls-key: " + key)
                .doesNotContain("PRIVATE");
        assertThat(serial(running)).isEqualTo(second.serial());
        Files.writeString(key, third.key());
        while (!serial(running).equals(third.serial())) {
            Thread.onSpinWait();
        }
        assertThat(faults).hasSize(1);
    }

    /** Both files come and go at once, by a link to the folder that they are in. */
    @Test
    void takesAPairThatKubernetesHasReplaced() throws Exception {
        PemPair first = PemPair.make(home, "EC");
        PemPair second = PemPair.make(home, "EC");
        Path data = mounted(first, "..data");
        Files.createSymbolicLink(certificate, Path.of("..data/server.crt"));
        Files.createSymbolicLink(key, Path.of("..data/server.key"));
        ApiServer running = start();
        assertThat(serial(running)).isEqualTo(first.serial());
        Files.move(mounted(second, "..next"), data, StandardCopyOption.ATOMIC_MOVE);
        while (!serial(running).equals(second.serial())) {
            Thread.onSpinWait();
        }
        assertThat(faults).isEmpty();
    }

    private Path mounted(PemPair pair, String name) throws IOException {
        Path folder = Files.createTempDirectory(home, "..");
        pair.write(folder.resolve("server.crt"), folder.resolve("server.key"));
        return Files.createSymbolicLink(home.resolve(name), folder.getFileName());
    }

    @Test
    void doesNotStartWithABrokenFileOfAuthorities() throws Exception {
        PemPair.make(home, "EC").write(certificate, key);
        Path authorities = Files.writeString(home.resolve("ca.crt"), "nothing\n");
        ServerSecurity security = ServerSecurity.tls(certificate, key).knownBy(authorities);
        assertThatThrownBy(() -> start(security))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("agent-ca-file: " + authorities);
        // It has let go of its home.
        assertThat(serial(start())).isNotEmpty();
    }

    @Test
    void doesNotStartWithABrokenPair() throws Exception {
        PemPair pair = PemPair.make(home, "EC");
        PemPair other = PemPair.make(home, "EC");
        Files.writeString(certificate, pair.certificate());
        assertThatThrownBy(this::start)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("tls-key: " + key);
        Files.writeString(key, other.key());
        assertThatThrownBy(this::start)
                .hasMessageContaining("expected: the key of the certificate");
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nMTIz\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(this::start)
                .hasMessageContaining("in PEM")
                .hasMessageNotContaining("MTIz");
        Files.writeString(key, pair.key());
        assertThat(serial(start())).isEqualTo(pair.serial());
    }

    @Test
    void doesNotSpeakWithoutEncryption() throws Exception {
        PemPair.make(home, "EC").write(certificate, key);
        URI url = URI.create(start().url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write(
                            "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(
                            new String(
                                    socket.getInputStream().readAllBytes(),
                                    StandardCharsets.ISO_8859_1))
                    .doesNotContain("200");
        } catch (java.net.SocketException _) {
            // It may hang up as well.
        }
    }

    @Test
    void speaksNoOldVersionOfTls() throws Exception {
        PemPair.make(home, "RSA").write(certificate, key);
        URI url = URI.create(start().url());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anyone()}, null);
        assertThatThrownBy(() -> old(context, url)).isInstanceOf(IOException.class);
    }

    private static void old(SSLContext context, URI url)
            throws IOException, GeneralSecurityException {
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(url.getHost(), url.getPort())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.1"});
            socket.startHandshake();
        }
    }
}
