package dev.windrow.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The client with the server it is made for, real jobs included. */
final class RealServerTest extends JobApiContract {

    private final RealServer server;

    RealServerTest(@TempDir Path home) throws IOException {
        server = new RealServer(home);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Override
    Workspace workspace() {
        return server.workspace();
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
