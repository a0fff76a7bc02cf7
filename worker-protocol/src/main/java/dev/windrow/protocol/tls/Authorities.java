package dev.windrow.protocol.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Certificates that agents trust beside those that their Java trusts: of authorities, or a server's
 * own. A server tells them, agents go by them.
 */
public record Authorities(List<X509Certificate> certificates) {

    /** The variable by which a pod is told of them, in PEM. */
    public static final String VARIABLE = "WINDROW_SERVER_CA";

    /** Bytes of PEM at most: a variable of a process is no longer than twice that. */
    public static final int MOST = 64 << 10;

    private static final String RULE =
            "one certificate in PEM at least, and %d KiB at most".formatted(MOST >> 10);

    private static final Base64.Encoder LINES =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");

    public Authorities {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("certificates: none (expected: one at least)");
        }
    }

    /**
     * Reads all certificates of a text, and passes over whatever else is there.
     *
     * @throws IOException with the rule that the text does not keep; nothing of it is told
     */
    public static Authorities of(String pem) throws IOException {
        List<X509Certificate> found = new ArrayList<>();
        try {
            CertificateFactory reader = CertificateFactory.getInstance("X.509");
            Matcher blocks = PEM.matcher(pem);
            while (blocks.find() && pem.length() <= MOST) {
                byte[] block = blocks.group().getBytes(StandardCharsets.US_ASCII);
                found.add(
                        (X509Certificate)
                                reader.generateCertificate(new ByteArrayInputStream(block)));
            }
        } catch (CertificateException _) {
            throw new IOException(RULE);
        }
        if (found.isEmpty()) {
            throw new IOException(RULE);
        }
        return new Authorities(found);
    }

    /** The certificates alone, in PEM. */
    public String pem() {
        StringBuilder text = new StringBuilder();
        try {
            for (X509Certificate one : certificates) {
                text.append("-----BEGIN CERTIFICATE-----\n")
                        .append(LINES.encodeToString(one.getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
            }
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read cannot be written", e);
        }
        return text.toString();
    }

    /**
     * Has this process trust those that a variable of its environment holds, if it is set, for all
     * connections that say nothing else. To be called before any is made.
     *
     * @throws IOException when it holds no certificates
     */
    public static void install(Map<String, String> environment) throws IOException {
        String pem = environment.getOrDefault(VARIABLE, "");
        if (pem.isBlank()) {
            return;
        }
        try {
            SSLContext.setDefault(of(pem).trusted());
        } catch (IOException e) {
            throw new IOException(
                    "%s: no certificates (expected: %s)".formatted(VARIABLE, e.getMessage()), e);
        }
    }

    /** Trusts what these vouch for, and what Java trusts by itself. */
    public SSLContext trusted() {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            List<X509Certificate> all = new ArrayList<>(certificates);
            all.addAll(usual());
            for (int i = 0; i < all.size(); i++) {
                store.setCertificateEntry("authority-" + i, all.get(i));
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(store), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    private static List<X509Certificate> usual() throws GeneralSecurityException {
        List<X509Certificate> usual = new ArrayList<>();
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager known) {
                usual.addAll(List.of(known.getAcceptedIssuers()));
            }
        }
        return usual;
    }

    private static TrustManager[] managers(@Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
