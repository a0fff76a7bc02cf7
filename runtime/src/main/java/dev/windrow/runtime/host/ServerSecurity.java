package dev.windrow.runtime.host;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a server keeps strangers out, beside its own tokens, and how it is known for itself.
 *
 * @param tls what it serves HTTPS with; empty for plain HTTP
 * @param oidc whose tokens it takes beside its own
 * @param token file with the administrator's token; empty for one that the server makes
 * @param agentAuthorities file with certificates by which agents in pods know the server, beside
 *     those that Java knows
 */
public record ServerSecurity(
        Optional<TlsFiles> tls,
        Optional<OidcSettings> oidc,
        Optional<Path> token,
        Optional<Path> agentAuthorities) {

    /** Plain HTTP, and no tokens but its own. */
    public static final ServerSecurity NONE =
            new ServerSecurity(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** HTTPS, and no tokens but its own. */
    public static ServerSecurity tls(Path certificate, Path key) {
        return new ServerSecurity(
                Optional.of(new TlsFiles(certificate, key)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same, known to agents in pods by the certificates of a file. */
    public ServerSecurity knownBy(Path file) {
        return new ServerSecurity(tls, oidc, token, Optional.of(file));
    }

    /**
     * Two PEM files, read anew when they change.
     *
     * @param certificate the server's, and those between it and its authority
     * @param key its private key, not encrypted
     */
    public record TlsFiles(Path certificate, Path key) {}
}
