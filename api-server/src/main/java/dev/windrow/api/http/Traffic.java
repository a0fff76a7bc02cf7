package dev.windrow.api.http;

/** Measures requests. */
public interface Traffic {

    /** Measures nothing. */
    Traffic NONE = _ -> _ -> {};

    /**
     * A request has come.
     *
     * @param operation of the contract
     */
    Mark began(String operation);

    /** A request that is being answered. */
    interface Mark {
        /** Its answer has ended, or its connection has. */
        void ended(int status);
    }
}
