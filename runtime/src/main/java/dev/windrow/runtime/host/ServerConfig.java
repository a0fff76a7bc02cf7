package dev.windrow.runtime.host;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a server is to run.
 *
 * @param bind address to listen on
 * @param port 0 for any that is free
 * @param management where it tells of itself to whoever can reach that; nowhere when empty
 * @param publicUrl address that clients know it by; made of bind and port unless given
 * @param images that pods run, where they are not the usual ones
 */
public record ServerConfig(
        Path home,
        String bind,
        int port,
        Optional<String> publicUrl,
        HostLimits limits,
        ServerSecurity security,
        Optional<ManagementAddress> management,
        Images images) {

    /** The port unless another is asked for. */
    public static final int PORT = 7480;

    public ServerConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
        }
    }

    /**
     * Images that pods run.
     *
     * @param agent from which the agent is copied
     * @param job of jobs that name none
     */
    public record Images(Optional<String> agent, Optional<String> job) {

        /** The usual ones. */
        public static final Images USUAL = new Images(Optional.empty(), Optional.empty());
    }

    /** An address of this machine; port 0 for any that is free. */
    public record ManagementAddress(String bind, int port) {}

    /** One that serves plain HTTP and tells nothing of itself. */
    public ServerConfig(
            Path home, String bind, int port, Optional<String> publicUrl, HostLimits limits) {
        this(
                home,
                bind,
                port,
                publicUrl,
                limits,
                ServerSecurity.NONE,
                Optional.empty(),
                Images.USUAL);
    }
}
