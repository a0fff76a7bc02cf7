package dev.windrow.cli;

import dev.windrow.runtime.host.ServerSecurity;
import dev.windrow.runtime.host.ServerSecurity.TlsFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** How a server keeps strangers out. */
final class ServerSecurityOptions {

    private final OptionSpec certificate =
            Args.path(
                    "FILE",
                    "serve HTTPS with this certificate, in PEM; read anew when it changes",
                    "--tls-cert");
    private final OptionSpec key =
            Args.path("FILE", "and its private key, in PEM, not encrypted", "--tls-key");

    List<OptionSpec> all() {
        return List.of(certificate, key);
    }

    /** What was asked for. */
    ServerSecurity read() {
        return new ServerSecurity(tls());
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
