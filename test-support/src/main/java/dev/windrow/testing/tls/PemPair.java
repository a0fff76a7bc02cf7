package dev.windrow.testing.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A certificate that signs itself, with its key; both in PEM.
 *
 * @param serial tells it from others
 */
public record PemPair(String certificate, String key, String serial) {

    private static final String PASSWORD = "for-tests";
    private static final Base64.Encoder LINES =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    /** Makes one for {@code localhost} and {@code 127.0.0.1}. */
    public static PemPair make(Path folder, String algorithm)
            throws IOException, InterruptedException, GeneralSecurityException {
        return make(folder, algorithm, "dns:localhost,ip:127.0.0.1");
    }

    /**
     * Makes one with the JDK's own tool.
     *
     * @param folder for a file that is removed again
     * @param algorithm such as {@code EC} or {@code RSA}
     * @param hosts as the tool takes them
     */
    public static PemPair make(Path folder, String algorithm, String hosts)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("pair.p12");
        Files.deleteIfExists(store);
        Process tool =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                                .toString(),
                                        "-genkeypair",
                                        "-alias",
                                        "pair",
                                        "-keyalg",
                                        algorithm,
                                        "-dname",
                                        "CN=localhost",
                                        "-ext",
                                        "san=" + hosts,
                                        "-validity",
                                        "10",
                                        "-storetype",
                                        "PKCS12",
                                        "-keystore",
                                        store.toString(),
                                        "-storepass",
                                        PASSWORD))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tool.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
        KeyStore pairs = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            pairs.load(in, PASSWORD.toCharArray());
        }
        Files.delete(store);
        var certificate = (java.security.cert.X509Certificate) pairs.getCertificate("pair");
        var key = pairs.getKey("pair", PASSWORD.toCharArray());
        return new PemPair(
                pem("CERTIFICATE", certificate.getEncoded()),
                pem("PRIVATE KEY", key.getEncoded()),
                certificate.getSerialNumber().toString(16));
    }

    private static String pem(String label, byte[] bytes) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(label, LINES.encodeToString(bytes));
    }

    /** Writes both, each whole or not at all. */
    public void write(Path certificateFile, Path keyFile) throws IOException {
        replace(certificateFile, certificate);
        replace(keyFile, key);
    }

    private static void replace(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
