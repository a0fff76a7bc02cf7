package dev.windrow.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.runtime.host.HostLimits;
import dev.windrow.runtime.host.ServerConfig;
import dev.windrow.runtime.host.ServerProvider;
import dev.windrow.runtime.host.ServerProvider.RunningServer;
import dev.windrow.runtime.host.ServerSecurity;
import dev.windrow.testing.tls.PemPair;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client with a server that speaks TLS, events of a real job included. */
final class TlsServerTest {

    @TempDir private Path home;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private Path authority;
    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        start("dns:localhost,ip:127.0.0.1");
    }

    private void start(String hosts) throws Exception {
        authority = home.resolve("server.crt");
        Path key = home.resolve("server.key");
        PemPair.make(home, "EC", hosts).write(authority, key);
        ServerProvider provider = ServiceLoader.load(ServerProvider.class).iterator().next();
        server =
                provider.start(
                        new ServerConfig(
                                home,
                                "127.0.0.1",
                                0,
                                Optional.empty(),
                                HostLimits.DEFAULT,
                                ServerSecurity.tls(authority, key),
                                Optional.empty(),
                                ServerConfig.Images.USUAL),
                        "test",
                        (what, fault) -> faults.add(what + ": " + fault));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        assertThat(faults).isEmpty();
    }

    private Workspace workspace() {
        return Workspace.at(URI.create(server.url()), ScriptedServer.SHORT);
    }

    @Test
    void followsAJobToItsEndOverTls() throws Exception {
        Path base = Files.createDirectories(home.resolve("work"));
        Samples.folder(base);
        Files.writeString(base.resolve("src/count.py"), "def run(mini_batch):\n    return [1]\n");
        String token = Files.readString(home.resolve("server/admin.token")).strip();
        JobClient jobs = workspace().withToken(token).trusting(authority).jobs();
        ParallelJob job = Samples.counting(base).maxConcurrencyPerInstance(1).build();
        String name = jobs.create(job, CreateOptions.usual().withName("secure")).snapshot().name();
        PrintStream out = new PrintStream(new ByteArrayOutputStream());
        assertThat(jobs.stream(name, out).snapshot().status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void believesNoServerThatNobodyVouchesFor() {
        assertThatThrownBy(() -> workspace().withToken("secret-token").jobs().get("x"))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("certificate is trusted; WINDROW_CA_FILE")
                .hasMessageNotContaining("secret-token")
                .extracting(e -> ((ServerException) e).code())
                .isEqualTo("UNTRUSTED_SERVER");
    }

    @Test
    void believesNoServerWhoseCertificateIsForAnotherHost() throws Exception {
        stop();
        start("dns:elsewhere.example");
        assertThatThrownBy(() -> workspace().trusting(authority).jobs().get("x"))
                .extracting(e -> ((ServerException) e).code())
                .isEqualTo("UNTRUSTED_SERVER");
    }

    @Test
    void takesTheAuthorityOfTheEnvironment() throws Exception {
        Map<String, String> environment =
                Map.of(
                        "WINDROW_SERVER",
                        server.url(),
                        "WINDROW_CA_FILE",
                        authority.toString(),
                        "WINDROW_HOME",
                        home.toString());
        assertThat(Workspace.from(environment, home).jobs().list(JobFilter.active())).isEmpty();
    }

    @Test
    void refusesAFileWithoutCertificates() throws Exception {
        Path empty = Files.writeString(home.resolve("empty.pem"), "nothing\n");
        assertThatThrownBy(() -> workspace().trusting(empty))
                .hasMessage("ca_file: %s (expected: a file with certificates in PEM)", empty);
    }
}
