package dev.windrow.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of four MiB in memory; only root can have one. */
final class TinyDisk implements AutoCloseable {

    private final Path folder;

    private TinyDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one, or skips the test where that is not allowed. */
    static TinyDisk mount(Path parent) throws IOException {
        Path folder = Files.createDirectory(parent.resolve("tiny"));
        assumeTrue(
                done("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder.toString()),
                "a file system can be mounted");
        return new TinyDisk(folder);
    }

    Path folder() {
        return folder;
    }

    void makeReadOnly() {
        assumeTrue(
                done("mount", "-o", "remount,ro", folder.toString()),
                "a file system can be made read-only");
    }

    /** Fills it up; returns the file that takes the room. */
    Path fill() throws IOException {
        Path filler = folder.resolve("filler");
        byte[] some = new byte[4_096];
        try (var out = Files.newOutputStream(filler)) {
            for (int i = 0; i < 4_096; i++) {
                out.write(some);
            }
        } catch (IOException _) {
            return filler; // full
        }
        throw new IOException("filler: 16 MiB written (expected: no room for them)");
    }

    @Override
    public void close() {
        done("umount", folder.toString());
    }

    private static boolean done(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .onExit()
                            .join()
                            .exitValue()
                    == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
