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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The client with the server it is made for, real jobs included. */
final class RealServerTest extends JobApiContract {

    @TempDir private Path home;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private Optional<RunningServer> server = Optional.empty();

    private RunningServer open() throws IOException {
        ServerProvider provider = ServiceLoader.load(ServerProvider.class).iterator().next();
        RunningServer running =
                provider.start(
                        new ServerConfig(
                                home, "127.0.0.1", 0, Optional.empty(), HostLimits.DEFAULT),
                        "test",
                        (what, fault) -> faults.add(what + ": " + fault));
        server = Optional.of(running);
        return running;
    }

    @AfterEach
    void close() throws IOException {
        server.orElseThrow().close();
        assertThat(faults).isEmpty();
    }

    @Override
    Workspace workspace() {
        try {
            return Workspace.at(URI.create(open().url()), ScriptedServer.SHORT)
                    .withToken(Files.readString(home.resolve("server/admin.token")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    ParallelJobBuilder quick(Path base) {
        return scripted(base, "def run(mini_batch):\n    return [1] * len(mini_batch)\n");
    }

    @Override
    ParallelJobBuilder slow(Path base) {
        return scripted(
                base, "import time\ndef run(mini_batch):\n    time.sleep(600)\n    return []\n");
    }

    private static ParallelJobBuilder scripted(Path base, String script) {
        try {
            Files.writeString(base.resolve("src/count.py"), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Samples.counting(base).maxConcurrencyPerInstance(1);
    }
}
