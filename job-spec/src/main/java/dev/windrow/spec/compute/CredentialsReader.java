package dev.windrow.spec.compute;

import dev.windrow.model.compute.AttachmentParts;
import dev.windrow.model.compute.BrokenRule;
import dev.windrow.model.compute.ClusterCredentials;
import dev.windrow.model.compute.ClusterReference;
import dev.windrow.spec.MistakeCode;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads credentials; no mistake repeats what may be a secret. */
final class CredentialsReader {

    private static final String PATH = "credentials";
    private static final String HIDDEN = "not shown";
    private static final int AUTHORITY_MOST = 65_536;

    private final AttachDocumentReader reader;

    CredentialsReader(AttachDocumentReader reader) {
        this.reader = reader;
    }

    Optional<ClusterCredentials> read(@Nullable Object value) {
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Map<?, ?> map)) {
            reader.add(MistakeCode.WRONG_TYPE, PATH, HIDDEN, "an object");
            return Optional.empty();
        }
        reader.known(map, PATH + ".", List.of("api_server", "authority", "token"));
        Optional<URI> address = address(map.get("api_server"));
        Optional<String> authority = authority(map.get("authority"));
        Optional<String> token = token(map.get("token"));
        return address.flatMap(url ->
                token.flatMap(
                        secret -> authority.map(pem -> new ClusterCredentials(url, pem, secret))));
    }

    private Optional<URI> address(@Nullable Object value) {
        Optional<URI> address =
                value instanceof String text ? ClusterCredentials.address(text) : Optional.empty();
        if (address.isEmpty()) {
            refuse(
                    "api_server",
                    value,
                    value == null ? "" : String.valueOf(value),
                    ClusterCredentials.ADDRESS_RULE);
        }
        return address;
    }

    private Optional<String> authority(@Nullable Object value) {
        if (value == null) {
            return Optional.of("");
        }
        if (value instanceof String pem && (pem.isEmpty() || isCertificates(pem))) {
            return Optional.of(pem);
        }
        refuse("authority", value, HIDDEN, "certificates as PEM, at most 64 KB");
        return Optional.empty();
    }

    private static boolean isCertificates(String pem) {
        if (pem.length() > AUTHORITY_MOST) {
            return false;
        }
        try {
            return !CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
        } catch (CertificateException _) {
            return false;
        }
    }

    private Optional<String> token(@Nullable Object value) {
        if (value instanceof String text && ClusterCredentials.isToken(text)) {
            return Optional.of(text);
        }
        refuse("token", value, HIDDEN, ClusterCredentials.TOKEN_RULE);
        return Optional.empty();
    }

    private void refuse(String key, @Nullable Object value, String shown, String rule) {
        MistakeCode code = value == null ? MistakeCode.MISSING_FIELD : MistakeCode.INVALID_VALUE;
        reader.add(code, PATH + "." + key, shown, rule);
    }

    /** What credentials and the name of the cluster have against each other. */
    static Optional<BrokenRule> broken(
            AttachmentParts parts, Optional<ClusterCredentials> credentials) {
        Optional<ClusterReference> cluster = parts.resourceId().flatMap(ClusterReference::parse);
        if (credentials.isEmpty() || cluster.isEmpty()) {
            return Optional.empty();
        }
        boolean fits =
                switch (cluster.get()) {
                    case ClusterReference.Address(URI url) ->
                            url.equals(credentials.get().address());
                    case ClusterReference.AzureResource _ -> true;
                    case ClusterReference.Context _, ClusterReference.InCluster _ -> false;
                };
        return fits
                ? Optional.empty()
                : Optional.of(
                        new BrokenRule(
                                BrokenRule.Kind.CONFLICT,
                                "resource_id",
                                cluster.get().text(),
                                "with credentials: their api_server, an Azure id, or none"));
    }
}
