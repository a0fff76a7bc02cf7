package dev.windrow.runtime.host;

import dev.windrow.engine.error.EngineException;
import dev.windrow.runtime.JobCatalog;
import dev.windrow.runtime.VolumePath;
import dev.windrow.runtime.compute.ClusterException;
import dev.windrow.runtime.transfer.VolumeRemoval;
import dev.windrow.runtime.transfer.VolumeRemovals;
import dev.windrow.store.register.ComputeKey;
import dev.windrow.store.register.RegisteredJob;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Rows that agents of a job have left on a volume that the server does not see: those of a job that
 * completed and whose agents have not said that they have tidied up, and of one that did not
 * complete, which a resume needs until the job is deleted.
 */
record LeftRows(ComputeVolumes volumes, VolumeRemovals removals) implements AutoCloseable {

    /** Longer than pods get to end. */
    private static final Duration AGENTS_LIVE_ON = Duration.ofMinutes(1);

    /** Goes on where a server before this one has left off; returns at once. */
    void takeUp() {
        removals.takeUp(volumes::removeStrays);
    }

    /** What there may be of a job; empty when there is nothing, or nobody knows any more. */
    Optional<VolumeRemoval> of(JobCatalog catalog, RegisteredJob job) {
        try {
            Optional<VolumePath> rows = catalog.rowsVolume(job.key().name());
            if (rows.isEmpty()) {
                return Optional.empty();
            }
            ComputeKey compute = new ComputeKey(job.key().workspace(), rows.get().compute());
            return volumes.hiddenFolder(compute, job.key().id(), job.submittedAt())
                    .map(place -> new VolumeRemoval(compute, rows.get().store(), place));
        } catch (EngineException | ClusterException _) {
            // Its folder is gone already.
            return Optional.empty();
        }
    }

    /** Has it removed, soon; a disk that is full is no reason to keep a job. */
    void remove(VolumeRemoval left) {
        try {
            removals.add(left);
        } catch (IOException _) {
            // It stays on the volume, in a folder that is named after nothing else.
        }
    }

    /**
     * Sees to it that nothing stays of a job that completes now: agents that are there tidy up, and
     * say so in time or are taken for dead.
     *
     * @param nobody whether none is there
     */
    void completed(JobCatalog catalog, RegisteredJob job, boolean nobody) {
        of(catalog, job)
                .ifPresent(left -> {
                    if (nobody) {
                        remove(left);
                    } else {
                        removeLater(left);
                    }
                });
    }

    private void removeLater(VolumeRemoval left) {
        try {
            removals.addLater(left, AGENTS_LIVE_ON);
        } catch (IOException _) {
            // As above; most often an agent removes it.
        }
    }

    /** An agent has removed it. */
    void removed(JobCatalog catalog, RegisteredJob job) {
        of(catalog, job).ifPresent(removals::done);
    }

    @Override
    public void close() {
        removals.close();
    }
}
