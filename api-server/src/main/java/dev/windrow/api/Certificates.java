package dev.windrow.api;

import dev.windrow.api.KeyPairFiles.BrokenPair;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.runtime.host.ServerSecurity.TlsFiles;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;

/**
 * Has a server speak TLS with two files, and take them anew when they have changed. Connections
 * that are open keep what they began with; a broken pair leaves the former one in use.
 */
final class Certificates {

    private static final long LOOK_MILLIS = 1_000;
    private static final Set<String> VERSIONS = Set.of("TLSv1.3", "TLSv1.2");

    private final Vertx vertx;
    private final TlsFiles files;
    private final KeyPairFiles first;
    private final BiConsumer<String, Throwable> faults;

    /** What is in use, what was seen broken and what was told of; of one look at a time. */
    private String used;

    private String broken = "none";
    private String told = "none";

    private Certificates(
            Vertx vertx, TlsFiles files, KeyPairFiles first, BiConsumer<String, Throwable> faults) {
        this.vertx = vertx;
        this.files = files;
        this.first = first;
        this.used = first.digest();
        this.faults = faults;
    }

    /**
     * Reads the files for the first time; blocks on the disk.
     *
     * @param faults hears of a broken pair that was not taken, once
     * @throws EngineException when they are no certificate with its key
     */
    static Certificates of(Vertx vertx, TlsFiles files, BiConsumer<String, Throwable> faults) {
        try {
            return new Certificates(vertx, files, KeyPairFiles.read(vertx, files), faults);
        } catch (BrokenPair e) {
            throw new EngineException(
                    ErrorCode.INVALID_JOB_SPEC, String.valueOf(e.getMessage()), e);
        }
    }

    /** Has a server that is to be made speak TLS. */
    void applyTo(HttpServerOptions options) {
        // One version of HTTP is enough; what holds for connections holds for requests.
        options.setSsl(true)
                .setUseAlpn(false)
                .setEnabledSecureTransportProtocols(VERSIONS)
                .setKeyCertOptions(first.options());
    }

    /** Looks at the files from now on, on threads that may block. */
    void watch(HttpServer server, ExecutorService threads) {
        vertx.setPeriodic(
                LOOK_MILLIS,
                _ -> {
                    try {
                        threads.execute(() -> look(server));
                    } catch (RejectedExecutionException _) {
                        // The next look is soon.
                    }
                });
    }

    private synchronized void look(HttpServer server) {
        try {
            KeyPairFiles now = KeyPairFiles.read(vertx, files);
            if (!now.digest().equals(used)) {
                used = now.digest();
                server.updateSSLOptions(options(now.options()))
                        .onFailure(e -> faults.accept("the new certificate is not in use", e));
            }
            broken = "none";
            told = "none";
        } catch (BrokenPair e) {
            tell(e);
        }
    }

    /** Two files cannot be replaced at once: what is broken at one look only is not told. */
    private void tell(BrokenPair e) {
        boolean again = e.digest().equals(broken);
        broken = e.digest();
        if (again && !e.digest().equals(told)) {
            told = e.digest();
            faults.accept("the new certificate is not taken, the former one stays", e);
        }
    }

    private static ServerSSLOptions options(KeyCertOptions pair) {
        return new ServerSSLOptions()
                .setUseAlpn(false)
                .setEnabledSecureTransportProtocols(VERSIONS)
                .setKeyCertOptions(pair);
    }
}
