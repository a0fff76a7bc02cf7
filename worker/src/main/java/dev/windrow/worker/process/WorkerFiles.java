package dev.windrow.worker.process;

import java.nio.file.Path;

/**
 * Where an agent's workers find and put things.
 *
 * @param harness folder of the Python harness
 * @param code the working copy of the user's code; the workers' cwd
 * @param segments folder of the job's segments
 * @param logs the job's log tree
 * @param leftovers file in which started processes are recorded
 */
public record WorkerFiles(Path harness, Path code, Path segments, Path logs, Path leftovers) {}
