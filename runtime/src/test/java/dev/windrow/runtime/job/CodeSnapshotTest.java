package dev.windrow.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.compute.JobFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CodeSnapshotTest {

    @TempDir Path home;

    @Test
    void newCodeTakesThePlaceOfTheSnapshotAndOfAllWorkingCopies() throws IOException {
        JobFolder folder = JobFolder.of(home, "job");
        write(folder.code().resolve("entry.py"), "old");
        write(folder.code().resolve("gone.py"), "old");
        write(folder.instance(0).resolve("code/entry.py"), "old");
        write(home.resolve("new/entry.py"), "new");
        CodeSnapshot.replace(home.resolve("new"), folder);
        assertThat(folder.code().resolve("entry.py")).hasContent("new");
        assertThat(folder.code().resolve("gone.py")).doesNotExist();
        assertThat(folder.instances()).doesNotExist();
        assertThat(CodeSnapshot.digest(folder.code()))
                .isEqualTo(CodeSnapshot.digest(home.resolve("new")));
    }

    @Test
    void theFormerSnapshotComesBackWhenAReplacementWasBrokenOff() throws IOException {
        JobFolder folder = JobFolder.of(home, "job");
        write(folder.code().resolve("entry.py"), "old");
        Files.move(folder.code(), folder.code().resolveSibling("code.old"));
        CodeSnapshot.heal(folder.code());
        assertThat(folder.code().resolve("entry.py")).hasContent("old");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
