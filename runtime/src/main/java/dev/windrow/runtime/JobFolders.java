package dev.windrow.runtime;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.spec.JobReader;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.ReadOptions;
import java.io.IOException;
import java.nio.file.FileSystemException;

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

    static EngineException notFound(String name) {
        return new EngineException(
                ErrorCode.JOB_NOT_FOUND,
                "job: %s (expected: a job that was submitted; see windrow list)".formatted(name));
    }
}
