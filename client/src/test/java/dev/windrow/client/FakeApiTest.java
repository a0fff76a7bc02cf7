package dev.windrow.client;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

final class FakeApiTest extends JobApiContract {

    private final FakeApi api;

    FakeApiTest() throws IOException {
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

    @Override
    ParallelJobBuilder quick(Path base) {
        return Samples.counting(base);
    }

    @Override
    ParallelJobBuilder slow(Path base) {
        return Samples.counting(base).description(FakeApi.SLOW);
    }
}
