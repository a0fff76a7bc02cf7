package dev.windrow.testing.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;

/**
 * A certificate with its key; both in PEM.
 *
 * @param serial tells it from others
 */
public record PemPair(String certificate, String key, String serial) {

    /** Makes one for {@code localhost} and {@code 127.0.0.1}. */
    public static PemPair make(Path folder, String algorithm)
            throws IOException, InterruptedException, GeneralSecurityException {
        return make(folder, algorithm, "dns:localhost,ip:127.0.0.1");
    }

    /**
     * Makes one that signs itself.
     *
     * @param folder for a file that is removed again
     * @param algorithm such as {@code EC} or {@code RSA}
     * @param hosts as the tool takes them
     */
    public static PemPair make(Path folder, String algorithm, String hosts)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("pair.p12");
        Files.deleteIfExists(store);
        Keytool pairs = new Keytool(store);
        pairs.make("pair", algorithm, "CN=localhost", "-ext", "san=" + hosts);
        PemPair made = pairs.read("pair");
        Files.delete(store);
        return made;
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
