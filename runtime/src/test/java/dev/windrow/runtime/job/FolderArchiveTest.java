package dev.windrow.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.disk.DiskFolders;
import dev.windrow.runtime.compute.JobFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderArchiveTest {

    private static final String DEEP = "a".repeat(150) + "/ü/b.py";

    @TempDir Path home;

    private JobFolder job(String name) throws IOException {
        JobFolder folder = JobFolder.of(home, name);
        Files.createDirectories(folder.code().resolve(DEEP).getParent());
        Files.createDirectories(folder.instances());
        Path script = Files.writeString(folder.code().resolve("run.sh"), "echo\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
        Path module = Files.writeString(folder.code().resolve(DEEP), "text");
        Files.setPosixFilePermissions(module, PosixFilePermissions.fromString("rw-r--r--"));
        return folder;
    }

    @Test
    void holdsAllFilesInOrderWithTheirModes() throws IOException {
        FolderArchive archive = FolderArchive.code(job("one"));
        List<String> entries = new ArrayList<>();
        try (TarArchiveInputStream in =
                new TarArchiveInputStream(Files.newInputStream(archive.file()), "UTF-8")) {
            for (TarArchiveEntry one = in.getNextEntry(); one != null; one = in.getNextEntry()) {
                entries.add(
                        "%s %o %s"
                                .formatted(
                                        one.getName(),
                                        one.getMode(),
                                        new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        assertThat(entries).containsExactly(DEEP + " 644 text", "run.sh 750 echo\n");
    }

    @Test
    void isMadeOnceAndTheSameOfTheSameCode() throws IOException {
        JobFolder one = job("one");
        FolderArchive first = FolderArchive.code(one);
        FileTime made = Files.getLastModifiedTime(first.file());
        assertThat(FolderArchive.code(one)).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(first.file())).isEqualTo(made);
        try (var files = Files.list(one.instances())) {
            assertThat(files).containsExactly(first.file());
        }
        JobFolder two = job("two");
        Files.setLastModifiedTime(two.code().resolve("run.sh"), FileTime.fromMillis(1));
        assertThat(FolderArchive.code(two).sha256()).isEqualTo(first.sha256());
    }

    @Test
    void isNotMadeForAJobThatHasEnded() throws IOException {
        JobFolder one = job("one");
        DiskFolders.delete(one.instances());
        assertThatThrownBy(() -> FolderArchive.code(one)).isInstanceOf(NoSuchFileException.class);
        assertThat(one.instances()).doesNotExist();
    }
}
