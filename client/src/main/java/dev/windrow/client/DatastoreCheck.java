package dev.windrow.client;

import java.util.List;
import java.util.Optional;

/**
 * Whether a datastore can be used.
 *
 * @param ok whether all findings are good
 * @param freeBytes empty when nothing tells
 */
public record DatastoreCheck(boolean ok, Optional<Long> freeBytes, List<Finding> findings) {
    /** Copies the list. */
    public DatastoreCheck {
        findings = Json.list(findings);
    }
}
