package dev.windrow.runtime.job;

import dev.windrow.disk.DiskFolders;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.runtime.compute.JobFolder;
import java.io.IOException;
import java.util.Optional;

/** What an ended job needs no more: segments, and the working copies of its instances. */
public final class JobRemains {

    private JobRemains() {}

    /**
     * Removes what a job of this stored status needs no more. Of a completed one that are the
     * segments and all that belonged to instances; of one that has failed or was canceled only the
     * latter, as a resume needs the rows it has; of any other nothing. Idempotent, so that a repeat
     * heals what a kill has left. Blocks on the disk.
     *
     * @return what could not be removed, in one sentence
     */
    public static Optional<String> clear(JobFolder folder, JobStatus stored) {
        if (!stored.terminal()) {
            return Optional.empty();
        }
        try {
            if (stored == JobStatus.COMPLETED) {
                DiskFolders.delete(folder.segments());
            }
            DiskFolders.delete(folder.instances());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    "job folder: %s: not all was removed: %s".formatted(folder.root(), e));
        }
    }
}
