package dev.windrow.runtime.compute;

/**
 * Images that a server's pods run.
 *
 * @param agent from which the agent is copied into each pod
 * @param job of jobs that name none
 */
public record PodImages(String agent, String job) {

    /** A public image with nothing but Python. */
    public static final String USUAL_JOB = "docker.io/library/python:3.12-slim";

    /** The agent's, as {@code ./dev images} names it. */
    public static String agent(String version) {
        return "windrow/agent:" + version;
    }
}
