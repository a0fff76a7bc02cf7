package dev.windrow.worker.side;

import java.nio.file.Path;

/**
 * The input that is split.
 *
 * @param path a folder, or an MLTable that lists files
 * @param filesPerMiniBatch from 1
 */
public record PlanSource(Kind kind, Path path, int filesPerMiniBatch) {

    /** How the path is read. */
    public enum Kind {
        FOLDER,
        MLTABLE
    }

    public PlanSource {
        if (filesPerMiniBatch < 1) {
            throw new IllegalArgumentException(
                    "mini_batch_size: %d (expected: >= 1)".formatted(filesPerMiniBatch));
        }
    }
}
