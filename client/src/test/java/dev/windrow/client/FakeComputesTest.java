package dev.windrow.client;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

final class FakeComputesTest extends ComputeApiContract {

    private final FakeApi api;

    FakeComputesTest() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Override
    Workspace workspace() {
        return Workspace.at(api.uri(), ScriptedServer.SHORT);
    }
}
