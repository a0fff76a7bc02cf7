package dev.windrow.runtime.host;

import dev.windrow.disk.OwnersFile;
import dev.windrow.store.register.JobKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens by which agents come in. One is worth no more than its job: it names the job and a time,
 * and is signed by a key that only the server has, so that none has to be kept.
 */
final class JobTokens {

    /** An agent that is connected is given another one long before. */
    static final Duration GOOD_FOR = Duration.ofHours(24);

    private static final String PREFIX = "wj_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int LENGTH_MAX = 2_000;

    private final SecretKeySpec key;

    /**
     * What a token says.
     *
     * @param submittedAt tells the job from a later one of its name
     */
    record Claim(JobKey job, Instant submittedAt, Instant end) {}

    private JobTokens(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Tokens signed with the key in a file, which is made when there is none.
     *
     * @param file in a folder that exists
     */
    static JobTokens of(Path file) throws IOException {
        byte[] key = OwnersFile.readOrCreate(file, JobTokens::made);
        if (key.length != KEY_BYTES) {
            throw new IOException(
                    "%s: %d bytes (expected: a key of %d; remove it for a new one)"
                            .formatted(file, key.length, KEY_BYTES));
        }
        return new JobTokens(key);
    }

    private static byte[] made() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    String make(JobKey job, Instant submittedAt, Instant now) {
        String claim =
                "%s/%s/%d/%d"
                        .formatted(
                                job.workspace(),
                                job.name(),
                                submittedAt.toEpochMilli(),
                                now.plus(GOOD_FOR).getEpochSecond());
        byte[] bytes = claim.getBytes(StandardCharsets.UTF_8);
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return PREFIX + encoder.encodeToString(bytes) + "." + encoder.encodeToString(sign(bytes));
    }

    /** What a token says, when this server has made it and its time is not over. */
    Optional<Claim> read(String token, Instant now) {
        int point = token.indexOf('.');
        if (!token.startsWith(PREFIX) || point < 0 || token.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        try {
            byte[] claim = decode(token.substring(PREFIX.length(), point));
            byte[] signature = decode(token.substring(point + 1));
            if (!MessageDigest.isEqual(signature, sign(claim))) {
                return Optional.empty();
            }
            return Optional.of(parsed(new String(claim, StandardCharsets.UTF_8)))
                    .filter(one -> now.isBefore(one.end()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    private static Claim parsed(String text) {
        List<String> parts = List.of(text.split("/", -1));
        return new Claim(
                new JobKey(parts.get(0), parts.get(1)),
                Instant.ofEpochMilli(Long.parseLong(parts.get(2))),
                Instant.ofEpochSecond(Long.parseLong(parts.get(3))));
    }

    private byte[] sign(byte[] claim) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(claim);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
