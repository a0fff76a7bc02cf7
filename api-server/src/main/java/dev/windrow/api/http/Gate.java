package dev.windrow.api.http;

/** Tells who a caller is. */
public interface Gate {

    /**
     * Who has sent this header; must not block.
     *
     * @param authorization may be empty
     * @throws Problem 401 when it does not say, or says something wrong
     */
    Caller admit(String authorization);
}
