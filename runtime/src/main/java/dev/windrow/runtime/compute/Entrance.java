package dev.windrow.runtime.compute;

import java.net.URI;
import java.util.function.Supplier;

/**
 * Where the agents of a job find the server that runs it, when they are processes that outlive it.
 *
 * @param url of the server, as seen from this machine
 * @param token makes a token of the job
 */
public record Entrance(URI url, Supplier<String> token) {}
