package dev.windrow.runtime;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.runtime.compute.JobFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** What the file with a job's rows looked like when the job had written it. */
final class RowsMark {

    private RowsMark() {}

    private static Path file(JobFolder folder) {
        return folder.root().resolve("rows.mark");
    }

    /** Where the rows of a job are that ended so. */
    static Optional<Path> rows(RunRecord record, JobStatus status) {
        return status == JobStatus.COMPLETED
                ? record.rows().map(record.outputs()::get).map(Path::of)
                : record.partial().map(Path::of);
    }

    /** Remembers it. Without it the rows are refused later, so a full disk is no reason to fail. */
    static void keep(JobFolder folder, RunRecord record, JobStatus status) {
        try {
            Optional<Path> rows = rows(record, status);
            if (rows.isPresent() && Files.isRegularFile(rows.get())) {
                Origins.replace(file(folder), of(rows.get()).getBytes(StandardCharsets.UTF_8));
            } else {
                Files.deleteIfExists(file(folder));
            }
        } catch (IOException _) {
            // Said when somebody asks for a merge.
        }
    }

    /** True when the file is the one that was written. */
    static boolean isSame(JobFolder folder, Path rows) throws IOException {
        try {
            return Files.readString(file(folder)).equals(of(rows));
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    private static String of(Path rows) throws IOException {
        BasicFileAttributes facts = Files.readAttributes(rows, BasicFileAttributes.class);
        return "%d %s %s".formatted(facts.size(), facts.lastModifiedTime(), facts.fileKey());
    }
}
