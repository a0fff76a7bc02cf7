package dev.windrow.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Future;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** A server in a container, with its home on a volume of its space. */
record ServerContainer(GenericContainer<?> container) {

    /** Where others of its network reach it. */
    static final String ADDRESS = "http://server:7480";

    private static final int PORT = 7480;
    static final String HOME = "/var/lib/windrow";

    /** Returns once it is ready. */
    static ServerContainer start(DockerSpace space, Future<String> image) {
        GenericContainer<?> container = space.confined(image, "home", HOME);
        container
                .withCommand("server", "--bind", "0.0.0.0", "--allow-plain-http")
                .withNetworkAliases("server")
                .withExposedPorts(PORT)
                .waitingFor(Wait.forHttp("/readyz").forPort(PORT))
                .start();
        return new ServerContainer(container);
    }

    /** Where this machine reaches it. */
    String url() {
        return "http://%s:%d".formatted(container.getHost(), container.getMappedPort(PORT));
    }

    /** Its token, in a file for commands. */
    Path token(Path folder) {
        return container.copyFileFromContainer(
                HOME + "/server/admin.token",
                content -> Files.write(folder.resolve("token"), content.readAllBytes()));
    }

    /** Kills it; its home stays. */
    void kill() {
        container.stop();
    }
}
