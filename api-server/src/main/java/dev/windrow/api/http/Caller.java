package dev.windrow.api.http;

import java.util.Optional;
import java.util.Set;

/**
 * Who makes a request, and what it may do.
 *
 * @param workspace the only one it may touch; empty for all
 * @param computes the only ones whose jobs it may submit and change; empty for all
 */
public record Caller(String user, Role role, Optional<String> workspace, Set<String> computes) {

    /** Nobody in particular; may only do what is open to all. */
    public static final Caller NOBODY = new Caller("", Role.NONE, Optional.empty(), Set.of());

    public Caller {
        computes = Set.copyOf(computes);
    }

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
