package dev.windrow.worker.monitor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Joins the tails that a killed worker has left beside its logs. A worker that ends by itself does
 * so itself; see the page on the harness protocol.
 */
final class WorkerTails {

    private WorkerTails() {}

    static void join(Path file, long limit) throws IOException {
        List<Path> tails = new ArrayList<>();
        for (String end : List.of(".tail1", ".tail2")) {
            Path tail = file.resolveSibling(file.getFileName() + end);
            if (Files.exists(tail)) {
                tails.add(tail);
            }
        }
        if (tails.isEmpty()) {
            return;
        }
        if (tails.size() == 2) {
            tails.sort(Comparator.comparingLong(WorkerTails::modified));
            Files.writeString(
                    file,
                    "\n[bytes may have been cut here; the limit is %d bytes]\n".formatted(limit),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        try (FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            out.position(out.size());
            for (Path tail : tails) {
                try (FileChannel in = FileChannel.open(tail, StandardOpenOption.READ)) {
                    OutputCap.copy(in, 0, out);
                }
            }
        }
        for (Path tail : tails) {
            Files.delete(tail);
        }
    }

    private static long modified(Path file) {
        return file.toFile().lastModified();
    }
}
