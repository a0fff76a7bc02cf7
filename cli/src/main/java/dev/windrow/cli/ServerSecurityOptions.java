package dev.windrow.cli;

import dev.windrow.disk.OwnersFile;
import dev.windrow.runtime.host.OidcSettings;
import dev.windrow.runtime.host.ServerSecurity;
import dev.windrow.runtime.host.ServerSecurity.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;

/** How a server keeps strangers out. */
final class ServerSecurityOptions {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{20,256}");
    private static final String TOKEN_RULE =
            "20 to 256 letters, digits or any of . _ ~ + / = -, on one line";

    private final OptionSpec certificate =
            Args.path(
                    "FILE",
                    "serve HTTPS with this certificate, in PEM; read anew when it changes",
                    "--tls-cert");
    private final OptionSpec key =
            Args.path("FILE", "and its private key, in PEM, not encrypted", "--tls-key");

    private final OptionSpec authorities =
            Args.path(
                    "FILE",
                    "certificates, in PEM, of who vouches for this server's address; pods of jobs"
                            + " trust them beside those that everybody knows; read anew when it"
                            + " changes",
                    "--agent-ca-file");

    private final OptionSpec issuer =
            Args.text("URL", "take tokens of this OpenID Connect issuer too", "--oidc-issuer");
    private final OptionSpec audience =
            Args.text("NAME", "that are for this audience", "--oidc-audience");
    private final OptionSpec role =
            Args.text(
                    "CLAIM",
                    "and hold reader, submitter or admin in this claim, or a list with one;"
                            + " realm_access.roles looks inside realm_access",
                    "--oidc-role-claim");
    private final OptionSpec workspace =
            Args.text(
                    "CLAIM",
                    "and their only workspace in this claim, or * (default: good for all)",
                    "--oidc-workspace-claim");
    private final OptionSpec user =
            Args.text(
                    "CLAIM",
                    "and the user's name in this one (default " + OidcSettings.USER_CLAIM + ")",
                    "--oidc-user-claim");

    private final OptionSpec token =
            Args.path(
                    "FILE",
                    "the administrator's token; else one is made at the first start, in"
                            + " server/admin.token in the home",
                    "--token-file");

    List<OptionSpec> all() {
        return List.of(
                token, certificate, key, authorities, issuer, audience, role, workspace, user);
    }

    /** What was asked for. */
    ServerSecurity read() throws IOException {
        Optional<Path> file = Args.path(token).map(Path::toAbsolutePath);
        if (file.isPresent()) {
            checkToken(file.get());
        }
        return new ServerSecurity(
                tls(), oidc(), file, Args.path(authorities).map(Path::toAbsolutePath));
    }

    /** A group may read it, because volumes of Kubernetes have files that their group reads. */
    private static void checkToken(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UsageException(
                    "--token-file: %s (expected: a file that is there)".formatted(file));
        }
        if (OwnersFile.isOpenToAll(file)) {
            throw new UsageException(
                    "--token-file: %s, which anybody may read or write (expected: chmod 600 %s)"
                            .formatted(file, file));
        }
        // What is wrong with it is not told: it may be part of a secret.
        if (!TOKEN.matcher(Files.readString(file).strip()).matches()) {
            throw new UsageException(
                    "--token-file: %s: no token in it (expected: %s)".formatted(file, TOKEN_RULE));
        }
    }

    private Optional<OidcSettings> oidc() {
        Optional<String> url = Args.text(issuer);
        if (url.isEmpty()) {
            for (OptionSpec other : List.of(audience, role, workspace, user)) {
                if (Args.text(other).isPresent()) {
                    throw new UsageException(
                            other.longestName() + ": given alone (expected: with --oidc-issuer)");
                }
            }
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new OidcSettings(
                            URI.create(url.get()),
                            needed(audience),
                            needed(role),
                            Args.text(workspace),
                            Args.text(user).orElse(OidcSettings.USER_CLAIM)));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }

    private static String needed(OptionSpec option) {
        return Args.text(option)
                .orElseThrow(() ->
                        new UsageException(
                                option.longestName() + ": missing (expected: with --oidc-issuer)"));
    }

    private Optional<TlsFiles> tls() {
        Optional<Path> cert = Args.path(certificate);
        Optional<Path> secret = Args.path(key);
        if (cert.isPresent() != secret.isPresent()) {
            throw new UsageException(
                    cert.isPresent()
                            ? "--tls-key: missing (expected: the key of --tls-cert)"
                            : "--tls-cert: missing (expected: the certificate of --tls-key)");
        }
        return cert.map(file -> new TlsFiles(file, secret.orElseThrow()));
    }
}
