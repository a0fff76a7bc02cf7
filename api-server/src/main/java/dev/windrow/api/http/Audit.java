package dev.windrow.api.http;

/** Keeps who has asked for which change, and what became of it. */
@FunctionalInterface
public interface Audit {

    /**
     * One request; may block on the disk.
     *
     * @param user empty when it is not known
     * @param status of the answer
     */
    void line(String user, String method, String path, int status);
}
