package dev.windrow.api;

import dev.windrow.runtime.host.ServerConfig;
import dev.windrow.runtime.host.ServerProvider;
import java.io.IOException;
import java.util.function.BiConsumer;

/** Makes the HTTP server available. */
public final class HttpServerProvider implements ServerProvider {

    @Override
    public RunningServer start(
            ServerConfig config, String version, BiConsumer<String, Throwable> faults)
            throws IOException {
        return ApiServer.start(config, version, faults);
    }
}
