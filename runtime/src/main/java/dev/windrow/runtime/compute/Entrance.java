package dev.windrow.runtime.compute;

import java.net.URI;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Where the agents of a job find the server that runs it, when they are processes that outlive it.
 *
 * @param url of the server, as seen from this machine
 * @param token makes a token of the job
 * @param job its id, such as {@code /workspaces/default/jobs/nightly}
 * @param submittedAt tells it from a later one of the same name
 */
public record Entrance(URI url, Supplier<String> token, String job, Instant submittedAt) {}
