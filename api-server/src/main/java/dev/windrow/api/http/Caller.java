package dev.windrow.api.http;

import java.util.Optional;

/**
 * Who makes a request, and what it may do.
 *
 * @param workspace the only one it may touch; empty for all
 */
public record Caller(String user, Role role, Optional<String> workspace) {

    /** Nobody in particular; may only do what is open to all. */
    public static final Caller NOBODY = new Caller("", Role.NONE, Optional.empty());

    /** Rights; each has those of the ones before. */
    public enum Role {
        NONE,
        READER,
        SUBMITTER,
        ADMIN;

        /** The name in documents. */
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** True when it has the rights of the other. */
        public boolean covers(Role other) {
            return compareTo(other) >= 0;
        }
    }
}
