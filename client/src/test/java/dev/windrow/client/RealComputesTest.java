package dev.windrow.client;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Computes and datastores of the server that the client is made for, with scripted clusters. */
final class RealComputesTest extends ComputeApiContract {

    private final RealServer server;

    RealComputesTest(@TempDir Path home) throws IOException {
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
}
