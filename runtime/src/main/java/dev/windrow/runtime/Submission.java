package dev.windrow.runtime;

import dev.windrow.disk.DurableFiles;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.model.ParallelJob;
import dev.windrow.runtime.JobSession.Entered;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.job.CodeSnapshot;
import dev.windrow.spec.JobWriter;
import dev.windrow.spec.LoadedJob;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Optional;

/** Has a job submitted under its name, or takes up the one that is there when it is the same. */
record Submission(PreparedRun run, InstantSource clock) {

    Entered enter(JobStore store) {
        String digest = CodeSnapshot.digest(run.code());
        Optional<JobRow> known = store.find(run.name());
        try {
            JobRow row =
                    known.isPresent() ? takeUp(store, known.get(), digest) : submit(store, digest);
            return new Entered(run, row);
        } catch (IOException e) {
            throw JobFolders.unusable(run.folder(), e);
        }
    }

    private JobRow submit(JobStore store, String digest) throws IOException {
        JobFolder folder = run.folder();
        LoadedJob loaded = run.request().loaded();
        // Again, because a submission that was cut off has left a ledger without the job.
        run.places().checkVacant(run.settings().rowOutput().fileName());
        CodeSnapshot.take(run.code(), folder.code());
        Files.createDirectories(folder.segments());
        Files.createDirectories(folder.logs());
        JobWriter.dump(loaded.job(), loaded.baseFolder(), folder.spec(), true);
        RunRecord.of(run).save(folder);
        DurableFiles.flushTree(folder.code());
        DurableFiles.flush(folder.spec());
        DurableFiles.flush(folder.root());
        String canonical = JobWriter.canonical(loaded.job());
        return store.submit(JobRow.submitted(run.name(), canonical, digest, clock.instant()));
    }

    /** Refuses a job that differs from the one of its name. */
    void checkSame(JobStore store) {
        JobRow known = store.find(run.name()).orElseThrow(() -> JobFolders.notFound(run.name()));
        try {
            Optional<RunRecord> record = RunRecord.load(run.folder());
            checkSame(
                    known,
                    record.flatMap(RunRecord::newCode).orElse(known.codeDigest()),
                    CodeSnapshot.digest(run.code()));
        } catch (IOException e) {
            throw JobFolders.unusable(run.folder(), e);
        }
    }

    private JobRow takeUp(JobStore store, JobRow known, String digest) throws IOException {
        Optional<RunRecord> record = RunRecord.load(run.folder());
        checkSame(known, record.flatMap(RunRecord::newCode).orElse(known.codeDigest()), digest);
        if (known.status().terminal()) {
            return known;
        }
        RunRecord.of(run).withNewCode(record.flatMap(RunRecord::newCode)).save(run.folder());
        return known.status() == JobStatus.CANCEL_REQUESTED
                ? Resumption.reopen(store, known, run, clock.instant())
                : known;
    }

    private void checkSame(JobRow known, String oldCode, String newCode) {
        JobFolder folder = run.folder();
        ParallelJob before = JobFolders.submitted(folder).job();
        ParallelJob after =
                JobWriter.rebased(
                        run.request().loaded().job(),
                        run.request().loaded().baseFolder(),
                        folder.root());
        Optional<String> difference = JobWriter.firstDifference(before, after);
        if (difference.isEmpty() && !oldCode.equals(newCode)) {
            difference = Optional.of("code: the files in " + run.code().folder() + " have changed");
        }
        if (difference.isPresent()) {
            String way =
                    known.status() == JobStatus.COMPLETED
                            ? "a new name with -n"
                            : "a new name with -n, or windrow resume " + known.name();
            throw new EngineException(
                    ErrorCode.JOB_CONFLICT,
                    "name: %s (expected: %s, because another job has this name; first difference: %s)"
                            .formatted(known.name(), way, difference.get()));
        }
    }
}
