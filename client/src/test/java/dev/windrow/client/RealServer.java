package dev.windrow.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.host.HostLimits;
import dev.windrow.runtime.host.ServerConfig;
import dev.windrow.runtime.host.ServerProvider;
import dev.windrow.runtime.host.ServerProvider.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;

/** The server that the client is made for, over a home of its own, on a free port. */
final class RealServer implements AutoCloseable {

    private final Path home;
    private final RunningServer server;
    private final List<String> faults = new CopyOnWriteArrayList<>();

    RealServer(Path home) throws IOException {
        this.home = home;
        ServerProvider provider = ServiceLoader.load(ServerProvider.class).iterator().next();
        this.server =
                provider.start(
                        new ServerConfig(
                                home, "127.0.0.1", 0, Optional.empty(), HostLimits.DEFAULT),
                        "test",
                        (what, fault) -> faults.add(what + ": " + fault));
    }

    Workspace workspace() {
        try {
            return Workspace.at(URI.create(server.url()), ScriptedServer.SHORT)
                    .withToken(Files.readString(home.resolve("server/admin.token")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it; whatever it was to blame for fails the test. */
    @Override
    public void close() throws IOException {
        server.close();
        assertThat(faults).isEmpty();
    }
}
