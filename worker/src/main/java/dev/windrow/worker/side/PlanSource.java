package dev.windrow.worker.side;

import dev.windrow.model.DataType;
import dev.windrow.model.EffectiveSettings;
import dev.windrow.model.Input;
import dev.windrow.model.ParallelJob;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The input that is split.
 *
 * @param path a folder, or an MLTable that lists files
 * @param filesPerMiniBatch from 1
 * @param old rows that are taken along before anything is listed
 */
public record PlanSource(Kind kind, Path path, int filesPerMiniBatch, Optional<OldRows> old) {

    /** How the path is read. */
    public enum Kind {
        FOLDER,
        MLTABLE
    }

    /**
     * The input that a job splits.
     *
     * @param path of that input, as the agent sees it
     */
    public static PlanSource of(ParallelJob job, EffectiveSettings settings, Path path) {
        boolean table =
                job.inputs().get(job.split().input()) instanceof Input.Data data
                        && data.effectiveType() == DataType.MLTABLE;
        int files = (int) Math.min(settings.batchSize().files(), Integer.MAX_VALUE);
        return new PlanSource(table ? Kind.MLTABLE : Kind.FOLDER, path, files, Optional.empty());
    }

    /** The same for a retry that puts old rows together with its own. */
    public PlanSource taking(Optional<OldRows> rows) {
        return new PlanSource(kind, path, filesPerMiniBatch, rows);
    }

    public PlanSource {
        if (filesPerMiniBatch < 1) {
            throw new IllegalArgumentException(
                    "mini_batch_size: %d (expected: >= 1)".formatted(filesPerMiniBatch));
        }
    }
}
