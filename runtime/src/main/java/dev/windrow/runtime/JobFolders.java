package dev.windrow.runtime;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.spec.JobReader;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.ReadOptions;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads jobs back from their folders. */
final class JobFolders {

    private JobFolders() {}

    /** What to say when a job's folder cannot be used. */
    static EngineException unusable(JobFolder folder, IOException e) {
        String why = String.valueOf(e.getMessage());
        boolean full = why.contains("No space left");
        String what = e instanceof FileSystemException file ? reason(file) : why;
        return new EngineException(
                full ? ErrorCode.DISK_FULL : ErrorCode.LEDGER_UNAVAILABLE,
                "job folder: %s (expected: a folder this user may write): %s"
                        .formatted(folder.root(), what),
                e);
    }

    private static String reason(FileSystemException e) {
        return e.getReason() == null ? String.valueOf(e.getMessage()) : e.getReason();
    }

    /** The job as it was submitted; its relative paths start from the job's folder. */
    static LoadedJob submitted(JobFolder folder) {
        try {
            return JobReader.read(folder.spec(), ReadOptions.plain());
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** There while a job that retries another has not got its plan. */
    static Path halfMade(JobFolder folder) {
        return folder.root().resolve("retry").resolve("unfinished");
    }

    static void refuseHalfMade(JobFolder folder, String name) {
        if (Files.exists(halfMade(folder))) {
            throw new EngineException(
                    ErrorCode.JOB_CONFLICT,
                    "job: %s is being made (expected: one whose submit has ended; ask for the retry again)"
                            .formatted(name));
        }
    }

    static EngineException notFound(String name) {
        return new EngineException(
                ErrorCode.JOB_NOT_FOUND,
                "job: %s (expected: a job that was submitted; see windrow list)".formatted(name));
    }
}
