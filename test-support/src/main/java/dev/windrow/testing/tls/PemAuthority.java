package dev.windrow.testing.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** An authority of one's own, which vouches for servers that nobody else knows. */
public final class PemAuthority {

    private static final String ALIAS = "authority";
    private static final String PAIR = "pair";

    private final Keytool store;
    private final String certificate;
    private int issued;

    private PemAuthority(Keytool store, String certificate) {
        this.store = store;
        this.certificate = certificate;
    }

    /**
     * Makes one.
     *
     * @param folder for its store
     * @param name as certificates show it
     */
    public static PemAuthority make(Path folder, String name)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path file = Files.createTempFile(folder, ALIAS, ".p12");
        Files.delete(file);
        Keytool store = new Keytool(file);
        store.make(ALIAS, "EC", "CN=" + name, "-ext", "bc:c");
        return new PemAuthority(store, store.read(ALIAS).certificate());
    }

    /** Its certificate, in PEM. */
    public String certificate() {
        return certificate;
    }

    /**
     * Vouches for a server.
     *
     * @param hosts such as {@code dns:localhost,ip:127.0.0.1}
     * @param more options of the JDK's tool
     */
    public PemPair issue(String hosts, String... more)
            throws IOException, InterruptedException, GeneralSecurityException {
        issued++;
        String alias = PAIR + issued;
        List<String> options = new ArrayList<>(List.of("-ext", "san=" + hosts, "-signer", ALIAS));
        options.addAll(List.of(more));
        store.make(alias, "EC", "CN=server", options.toArray(String[]::new));
        return store.read(alias);
    }
}
