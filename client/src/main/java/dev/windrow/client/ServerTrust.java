package dev.windrow.client;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/** Which servers a whole process believes, for connections that this SDK does not make itself. */
public final class ServerTrust {
    private ServerTrust() {}

    /**
     * Has this process also believe servers that one of these certificates vouches for.
     *
     * @param pem file with certificates
     * @throws IllegalArgumentException when it holds none or cannot be read
     */
    public static void install(Path pem) {
        SSLContext.setDefault(Trust.with(pem));
    }
}
