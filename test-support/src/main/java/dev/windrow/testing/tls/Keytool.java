package dev.windrow.testing.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A store of certificates and their keys, written by the JDK's own tool.
 *
 * @param store its file
 */
record Keytool(Path store) {

    private static final String PASSWORD = "for-tests";
    private static final Base64.Encoder LINES =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    /** Makes a key with its certificate, which signs itself unless the options say otherwise. */
    void make(String alias, String algorithm, String owner, String... options)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                alias,
                                "-keyalg",
                                algorithm,
                                "-dname",
                                owner,
                                "-validity",
                                "10",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD));
        command.addAll(List.of(options));
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tool.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    /** One of them, in PEM. */
    PemPair read(String alias) throws IOException, GeneralSecurityException {
        KeyStore pairs = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            pairs.load(in, PASSWORD.toCharArray());
        }
        var certificate = (X509Certificate) pairs.getCertificate(alias);
        var key = pairs.getKey(alias, PASSWORD.toCharArray());
        return new PemPair(
                pem("CERTIFICATE", certificate.getEncoded()),
                pem("PRIVATE KEY", key.getEncoded()),
                certificate.getSerialNumber().toString(16));
    }

    private static String pem(String label, byte[] bytes) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(label, LINES.encodeToString(bytes));
    }
}
