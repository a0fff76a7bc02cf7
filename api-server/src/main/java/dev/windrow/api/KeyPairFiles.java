package dev.windrow.api;

import dev.windrow.runtime.host.ServerSecurity.TlsFiles;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/**
 * A certificate with its key as two files hold them at one moment, checked to belong together.
 *
 * @param digest of both files, to tell whether they have changed
 */
record KeyPairFiles(PemKeyCertOptions options, String digest) {

    private static final int MOST = 1 << 20;

    /** What is wrong with a pair of files. */
    static final class BrokenPair extends IOException {
        private static final long serialVersionUID = 1L;
        private final String digest;

        private BrokenPair(String message, String digest) {
            super(message);
            this.digest = digest;
        }

        /** Of both files; empty when they cannot be read. */
        String digest() {
            return digest;
        }
    }

    /** Reads both; blocks on the disk. Nothing of the key is in a failure's message. */
    static KeyPairFiles read(Vertx vertx, TlsFiles files) throws BrokenPair {
        byte[] certificate = bytes("tls-cert", files.certificate());
        byte[] key = bytes("tls-key", files.key());
        String digest = digest(certificate, key);
        PemKeyCertOptions options =
                new PemKeyCertOptions()
                        .setCertValue(Buffer.buffer(certificate))
                        .setKeyValue(Buffer.buffer(key));
        boolean match;
        try {
            match = match(options, vertx);
        } catch (Exception e) {
            // Whatever the parser says may hold a part of the key.
            throw new BrokenPair(
                    "tls-cert: %s, tls-key: %s (expected: a certificate and its RSA or EC key, not encrypted, in PEM; %s)"
                            .formatted(
                                    files.certificate(), files.key(), e.getClass().getSimpleName()),
                    digest);
        }
        if (!match) {
            throw new BrokenPair(
                    "tls-key: %s (expected: the key of the certificate in %s)"
                            .formatted(files.key(), files.certificate()),
                    digest);
        }
        return new KeyPairFiles(options, digest);
    }

    private static byte[] bytes(String option, Path file) throws BrokenPair {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST + 1);
            if (bytes.length <= MOST) {
                return bytes;
            }
        } catch (IOException _) {
            // Told below.
        }
        throw new BrokenPair(
                "%s: %s (expected: a file of at most 1 MiB that can be read)"
                        .formatted(option, file),
                "");
    }

    private static String digest(byte[] certificate, byte[] key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(certificate);
            return HexFormat.of().formatHex(sha.digest(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether what the key signs is what the certificate verifies. */
    private static boolean match(PemKeyCertOptions options, Vertx vertx) throws Exception {
        for (KeyManager manager : options.getKeyManagerFactory(vertx).getKeyManagers()) {
            if (!(manager instanceof X509KeyManager keys)) {
                continue;
            }
            for (String type : new String[] {"RSA", "EC"}) {
                String[] names = keys.getServerAliases(type, null);
                if (names != null && names.length > 0) {
                    X509Certificate first = keys.getCertificateChain(names[0])[0];
                    return signs(keys.getPrivateKey(names[0]), first);
                }
            }
        }
        return false;
    }

    private static boolean signs(PrivateKey key, X509Certificate certificate)
            throws GeneralSecurityException {
        String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        byte[] text = {1, 2, 3};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(text);
        try {
            return signature.verify(signed);
        } catch (java.security.SignatureException _) {
            return false;
        }
    }
}
