package dev.windrow.runtime.host;

import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Serves a home over the network; found by {@link java.util.ServiceLoader}, so that who only runs a
 * job here loads none of it.
 */
public interface ServerProvider {

    /** A server that runs. */
    interface RunningServer extends AutoCloseable {

        /** The address that clients know it by. */
        String url();

        /** Where its meters are; empty when they are not served. */
        Optional<String> metricsUrl();

        /**
         * Has these computes and datastores made or changed; those that cannot be had at once are
         * tried again while the server runs.
         *
         * @param told hears what cannot be had, one sentence each; also later, from another thread
         */
        void declare(Declared declared, Consumer<String> told);

        /** Takes no more requests; jobs that have not ended go on with the next server. */
        @Override
        void close() throws IOException;
    }

    /**
     * Starts a server; when it returns, requests are answered and unfinished jobs go on.
     *
     * @param version of this program
     * @param faults hears of what only the server can be blamed for, and of which request
     * @throws IOException when the port is taken, or the home cannot be used
     * @throws dev.windrow.engine.error.EngineException when the home has a server already
     */
    RunningServer start(ServerConfig config, String version, BiConsumer<String, Throwable> faults)
            throws IOException;
}
