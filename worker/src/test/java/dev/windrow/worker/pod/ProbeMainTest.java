package dev.windrow.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProbeMainTest {

    @TempDir Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int run(String server) throws InterruptedException {
        return ProbeMain.run(
                Map.of(
                        "WINDROW_SERVER",
                        server,
                        "WINDROW_PROBE_RESULT",
                        folder.resolve("result").toString()),
                new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    @Test
    void saysWhyTheServerCannotBeReached() throws IOException, InterruptedException {
        assertThat(run("http://windrow.invalid:7480")).isEqualTo(ProbeMain.UNREACHED);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("the name windrow.invalid is unknown there\n");
        assertThat(folder.resolve("result"))
                .hasContent("the name windrow.invalid is unknown there");
    }

    @Test
    void refusesAnAddressThatIsNone() throws IOException, InterruptedException {
        assertThat(run("windrow:7480")).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("result")))
                .startsWith("WINDROW_SERVER: windrow:7480 (expected: http");
    }
}
