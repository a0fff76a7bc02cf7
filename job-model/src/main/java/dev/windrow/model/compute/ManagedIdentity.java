package dev.windrow.model.compute;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whose rights a compute's jobs have in the cluster.
 *
 * @param ids of the user's identities; none for the system's
 */
public record ManagedIdentity(Type type, List<String> ids) {

    /** The kinds Azure knows. */
    public enum Type {
        SYSTEM_ASSIGNED("SystemAssigned"),
        USER_ASSIGNED("UserAssigned");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /** Gives Azure's spelling. */
        public String text() {
            return text;
        }

        /** Gives the type of exactly that spelling. */
        public static Optional<Type> of(String text) {
            return Arrays.stream(values()).filter(one -> one.text.equals(text)).findFirst();
        }
    }

    public ManagedIdentity {
        ids = List.copyOf(ids);
    }
}
