package dev.windrow.k8s;

import dev.windrow.runtime.host.HostLimits;
import dev.windrow.runtime.host.ServerConfig;
import dev.windrow.runtime.host.ServerProvider;
import dev.windrow.runtime.host.ServerProvider.RunningServer;
import dev.windrow.runtime.host.ServerSecurity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A server that pods of the test cluster reach, and the images that they run: the address of this
 * machine comes by {@code WINDROW_TEST_HOST}, the agent's image, when it is another than that of
 * this build, by {@code WINDROW_TEST_AGENT_IMAGE}, the user's by {@code WINDROW_TEST_PYTHON_IMAGE}.
 */
public final class TestServer implements AutoCloseable {

    private final RunningServer running;

    private TestServer(RunningServer running) {
        this.running = running;
    }

    /** Starts one with a home. */
    public static TestServer start(Path home) throws IOException {
        return start(home, host(), ServerSecurity.NONE);
    }

    /**
     * Starts one that may speak TLS.
     *
     * @param bind address of this machine
     */
    public static TestServer start(Path home, String bind, ServerSecurity security)
            throws IOException {
        ServerProvider provider =
                ServiceLoader.load(ServerProvider.class).findFirst().orElseThrow();
        ServerConfig config =
                new ServerConfig(
                        home,
                        bind,
                        0,
                        Optional.empty(),
                        new HostLimits(1, 1),
                        security,
                        Optional.empty(),
                        ServerConfig.Images.USUAL);
        return new TestServer(provider.start(config, "test", (_, _) -> {}));
    }

    /** Its address. */
    public URI url() {
        return URI.create(running.url());
    }

    /** This machine, as pods know it. */
    public static String host() {
        return variable("WINDROW_TEST_HOST", "10.88.0.1");
    }

    /** The agent's image. */
    public static String agentImage() {
        return variable("WINDROW_TEST_AGENT_IMAGE", "windrow/agent:0.1.0");
    }

    /** An image with Python and nothing of ours. */
    public static String userImage() {
        return variable("WINDROW_TEST_PYTHON_IMAGE", "windrow.test/python:3.11");
    }

    private static String variable(String name, String usual) {
        return Optional.ofNullable(System.getenv(name)).orElse(usual);
    }

    @Override
    public void close() throws IOException {
        running.close();
    }
}
