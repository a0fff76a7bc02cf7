package dev.windrow.model;

import java.util.Optional;

/** The software a script runs with. */
public sealed interface Environment {
    /** A registered environment, such as {@code azureml:score-env@latest}, or a file's path. */
    record Named(String reference) implements Environment {
        /** Rejects a blank reference. */
        public Named {
            Rules.notBlank("task.environment", reference);
        }
    }

    /**
     * An environment described in place.
     *
     * @param condaFile path of a conda file; a conda file written in place is a kept key
     * @param buildPath folder of an image's build context
     */
    record Inline(Optional<String> image, Optional<String> condaFile, Optional<String> buildPath)
            implements Environment {}
}
