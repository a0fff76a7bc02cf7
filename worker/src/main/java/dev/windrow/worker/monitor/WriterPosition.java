package dev.windrow.worker.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Where whoever appends to a file stands: behind the last byte that it has written, also when the
 * file was cut back since.
 */
@FunctionalInterface
interface WriterPosition {

    /** Nobody writes. */
    WriterPosition NOBODY = OptionalLong::empty;

    /** Empty when it is not known. */
    OptionalLong now();

    /**
     * The position of a process, and of those that have the descriptor from it.
     *
     * @param descriptor of the process, that the file is opened by
     */
    static WriterPosition of(long pid, int descriptor, Path file) {
        Path process = Path.of("/proc", Long.toString(pid));
        Path opened = process.resolve("fd").resolve(Integer.toString(descriptor));
        Path told = process.resolve("fdinfo").resolve(Integer.toString(descriptor));
        return () -> {
            try {
                return Files.isSameFile(opened, file) ? read(told) : OptionalLong.empty();
            } catch (IOException | RuntimeException _) {
                // It has ended, or this system tells nothing of that kind.
                return OptionalLong.empty();
            }
        };
    }

    private static OptionalLong read(Path told) throws IOException {
        try (var lines = Files.lines(told)) {
            return lines.filter(line -> line.startsWith("pos:"))
                    .mapToLong(line -> Long.parseLong(line.substring(4).strip()))
                    .findFirst();
        }
    }
}
