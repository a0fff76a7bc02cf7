package dev.windrow.runtime.compute;

import dev.windrow.spec.LoadedJob;
import java.nio.file.Path;

/**
 * A job that is about to be submitted.
 *
 * @param home where Windrow keeps things
 * @param folder the job's own folder; need not exist yet
 */
public record JobDraft(String name, LoadedJob loaded, Path home, JobFolder folder) {}
