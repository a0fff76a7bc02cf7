package dev.windrow.api.http;

/** Who makes a request, and what it may do. */
public record Caller(String user, Role role) {

    /** Nobody in particular; may only do what is open to all. */
    public static final Caller NOBODY = new Caller("", Role.NONE);

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
