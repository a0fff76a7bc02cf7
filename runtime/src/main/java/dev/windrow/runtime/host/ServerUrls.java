package dev.windrow.runtime.host;

import java.net.URI;
import java.util.function.Supplier;

/**
 * What a server is found by; known once it listens.
 *
 * @param local by agents on its machine
 * @param pods by pods of attached clusters, unless a compute says otherwise
 */
public record ServerUrls(Supplier<URI> local, Supplier<URI> pods) {}
