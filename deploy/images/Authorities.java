import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.util.List;

/**
 * Writes certificates of authorities, a file each in a folder, as one file that Java trusts. It has
 * no password and no salt, so that the same certificates give the same bytes.
 */
public final class Authorities {

    private Authorities() {}

    public static void main(String[] args) throws IOException, GeneralSecurityException {
        Security.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
        Security.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        CertificateFactory certificates = CertificateFactory.getInstance("X.509");
        List<Path> files;
        try (var all = Files.list(Path.of(args[0]))) {
            files = all.filter(file -> file.toString().endsWith(".crt")).sorted().toList();
        }
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                String name = String.valueOf(file.getFileName()).toLowerCase(java.util.Locale.ROOT);
                store.setCertificateEntry(name, certificates.generateCertificate(in));
            }
        }
        try (OutputStream out = Files.newOutputStream(Path.of(args[1]))) {
            store.store(out, null);
        }
    }
}
