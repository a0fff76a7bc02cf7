package dev.windrow.runtime;

import dev.windrow.runtime.job.DiskFolders;
import dev.windrow.runtime.job.JobFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Removes what a completed job does not need any more: segments, working copies, partial rows. */
final class Leftovers {

    private Leftovers() {}

    /** Does what it can; what another process still writes is left for {@code prune}. */
    static void remove(JobFolder folder, Optional<Path> partial) {
        try {
            if (partial.isPresent()) {
                Files.deleteIfExists(partial.get());
            }
            DiskFolders.delete(folder.segments());
            DiskFolders.delete(folder.instances());
        } catch (IOException _) {
            // The job has ended well, and its folder goes as a whole one day.
        }
    }
}
