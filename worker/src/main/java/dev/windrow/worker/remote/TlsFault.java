package dev.windrow.worker.remote;

import java.io.IOException;
import java.net.URI;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why a server is not taken for the one it is said to be, in words. */
public sealed interface TlsFault {

    /** One sentence, which goes on from the address of the server. */
    String sentence();

    /** Nobody that is trusted vouches for its certificate. */
    record Untrusted(String sentence) implements TlsFault {}

    /** Its certificate is for other names, or for another time, or there is none. */
    record Other(String sentence) implements TlsFault {}

    /**
     * Reads what a connection has failed with; asks the server for its certificate once more, to
     * tell whose it is. Blocks on the network for some seconds.
     *
     * @return empty when it was not for TLS that it failed
     */
    static Optional<TlsFault> of(URI server, IOException fault) {
        Throwable one = fault;
        while (one != null && !(one instanceof SSLException)) {
            one = one.getCause();
        }
        return Optional.ofNullable(one).map(tls -> of(server, tls));
    }

    private static TlsFault of(URI server, Throwable tls) {
        if (String.valueOf(tls.getMessage()).contains("nrecognized SSL message")) {
            return new Other(
                    "it does not speak TLS (expected: an address with http://, or a server with --tls-cert)");
        }
        for (Throwable one = tls; one != null; one = one.getCause()) {
            switch (one) {
                case CertPathBuilderException _ -> {
                    return untrusted(server);
                }
                case CertPathValidatorException path
                        when path.getReason() == BasicReason.EXPIRED
                                || path.getReason() == BasicReason.NOT_YET_VALID -> {
                    return new Other(time(server, path.getReason() == BasicReason.EXPIRED));
                }
                case CertificateException names
                        when names.getClass() == CertificateException.class
                                && names.getCause() == null -> {
                    return new Other(otherNames(server));
                }
                case Throwable _ -> {}
            }
        }
        return new Other("there is no TLS with it: " + tls.getMessage());
    }

    private static TlsFault untrusted(URI server) {
        String by =
                ShownCertificate.of(server)
                        .map(one ->
                                isOwn(one)
                                        ? ": it has signed it itself"
                                        : ": it is signed by "
                                                + one.getIssuerX500Principal().getName())
                        .orElse("");
        return new Untrusted("its certificate is not trusted there" + by);
    }

    private static boolean isOwn(X509Certificate one) {
        return one.getIssuerX500Principal().equals(one.getSubjectX500Principal());
    }

    private static String time(URI server, boolean over) {
        String when =
                ShownCertificate.of(server)
                        .map(one ->
                                " (%s)"
                                        .formatted(
                                                (over ? one.getNotAfter() : one.getNotBefore())
                                                        .toInstant()))
                        .orElse("");
        return "its certificate, or one that vouches for it, is "
                + (over ? "over" : "not valid yet")
                + when;
    }

    private static String otherNames(URI server) {
        String names =
                ShownCertificate.of(server)
                        .map(ShownCertificate::names)
                        .filter(all -> !all.isEmpty())
                        .map(all -> "for " + String.join(", ", all) + ", and ")
                        .orElse("");
        return "its certificate is %snot for %s".formatted(names, server.getHost());
    }
}
