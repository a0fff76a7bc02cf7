package dev.windrow.worker.remote;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The certificate that a server shows, to tell people of it; nothing is said to the server. */
final class ShownCertificate {

    private static final int LIMIT_MILLIS = 5_000;
    private static final int USUAL_PORT = 443;
    private static final int NAMES_MOST = 5;
    private static final Integer DNS = 2;
    private static final Integer IP = 7;

    private ShownCertificate() {}

    /** Looks at it; empty when that fails. */
    static Optional<X509Certificate> of(URI server) {
        Looking looking = new Looking();
        try (Socket plain = new Socket()) {
            int port = server.getPort() < 0 ? USUAL_PORT : server.getPort();
            plain.connect(new InetSocketAddress(server.getHost(), port), LIMIT_MILLIS);
            plain.setSoTimeout(LIMIT_MILLIS);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {looking}, null);
            try (SSLSocket socket =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(plain, server.getHost(), port, true)) {
                socket.startHandshake();
            }
        } catch (IOException | GeneralSecurityException _) {
            // As it should be: the look trusts nobody.
        }
        return Optional.ofNullable(looking.seen.get());
    }

    /** Names and addresses that it is for; only the first of many. */
    static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            return all == null
                    ? List.of()
                    : all.stream()
                            .filter(one -> DNS.equals(one.get(0)) || IP.equals(one.get(0)))
                            .map(one -> String.valueOf(one.get(1)))
                            .limit(NAMES_MOST)
                            .toList();
        } catch (CertificateParsingException _) {
            return List.of();
        }
    }

    /** Remembers what is shown, and refuses it. */
    private static final class Looking implements X509TrustManager {
        private final AtomicReference<X509Certificate> seen = new AtomicReference<>();

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw new CertificateException("no client is looked at");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            if (chain.length > 0) {
                seen.set(chain[0]);
            }
            throw new CertificateException("seen");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
