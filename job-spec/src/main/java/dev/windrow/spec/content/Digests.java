package dev.windrow.spec.content;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one digest that content is known by. */
public final class Digests {
    private Digests() {}

    /** A new SHA-256. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every JDK has SHA-256", e);
        }
    }
}
