package dev.windrow.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemoryKillsTest {

    @TempDir Path root;

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    @Test
    void tellsLimitAndPeakOfTheSecondVersion() throws IOException {
        MemoryKills kills = new MemoryKills(root);
        file("memory.events", "low 0\nhigh 0\nmax 7\noom 1\noom_kill 1\noom_group_kill 0\n");
        file("memory.max", "314572800\n");
        file("memory.peak", "314568704\n");

        assertThat(kills.count()).hasValue(1);
        assertThat(kills.since(OptionalLong.of(0)))
                .isEqualTo(" (out of memory, limit 300 MiB, peak 300 MiB)");
        assertThat(kills.since(OptionalLong.of(1))).isEmpty();
    }

    @Test
    void tellsThemOfTheFirstVersion() throws IOException {
        MemoryKills kills = new MemoryKills(root);
        file("memory/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n");
        file("memory/memory.limit_in_bytes", "9223372036854771712\n");
        file("memory/memory.max_usage_in_bytes", "1073741824\n");

        assertThat(kills.since(OptionalLong.of(2))).isEqualTo(" (out of memory, peak 1024 MiB)");
    }

    @Test
    void guessesWhereNobodyCounts() throws IOException {
        MemoryKills kills = new MemoryKills(root);
        assertThat(kills.count()).isEmpty();
        assertThat(kills.since(OptionalLong.empty())).isEqualTo(" (out of memory?)");
        file("memory.events", "oom_kill much\n");
        assertThat(kills.since(OptionalLong.of(0))).isEqualTo(" (out of memory?)");
    }
}
