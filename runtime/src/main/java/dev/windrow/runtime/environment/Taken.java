package dev.windrow.runtime.environment;

/** What has become of a piece of an environment, or of its end. */
public sealed interface Taken {

    /** So many bytes of it are there now. */
    record Size(long bytes) implements Taken {}

    /** Another agent makes it by now, or nobody is to. */
    record NoLease() implements Taken {}

    /** A piece of it is being received. */
    record Busy() implements Taken {}

    /** The agents of the job are to make their own. */
    record Refused(String why) implements Taken {}

    /**
     * It is not what was announced, and is thrown away.
     *
     * @param sha256 of what came
     */
    record Different(String sha256) implements Taken {}
}
