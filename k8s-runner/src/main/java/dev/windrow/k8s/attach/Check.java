package dev.windrow.k8s.attach;

import dev.windrow.runtime.compute.HealthFinding;

/**
 * One thing that was looked at before a cluster is used.
 *
 * @param code stable, for when it is wrong
 * @param message one sentence; of what is wrong it ends with the command that mends it
 */
record Check(String name, boolean ok, String code, String message) {

    static Check good(String name, String message) {
        return new Check(name, true, "OK", message);
    }

    /**
     * Something that is wrong.
     *
     * @param command that mends it
     */
    static Check wrong(String name, String code, String message, String command) {
        return new Check(name, false, code, "%s; mend it: %s".formatted(message, command));
    }

    HealthFinding finding() {
        return new HealthFinding(name, ok, message);
    }
}
