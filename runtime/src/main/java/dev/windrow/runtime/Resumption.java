package dev.windrow.runtime;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry.StatusChanged;
import dev.windrow.model.ParallelJob;
import dev.windrow.model.RunFunction;
import dev.windrow.model.VirtualEnvironment;
import dev.windrow.runtime.JobSession.Entered;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.job.CodeSnapshot;
import dev.windrow.spec.CondaFile;
import dev.windrow.spec.JobReader;
import dev.windrow.spec.JobWriter;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.ReadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Goes on with a job that is unfinished, Failed or Canceled, from what its folder holds. */
record Resumption(Assembly assembly, ResumeRequest request, JobFolder folder, InstantSource clock) {

    Entered enter(JobStore store) {
        JobRow row =
                store.find(request.name()).orElseThrow(() -> JobFolders.notFound(request.name()));
        if (row.status() == JobStatus.COMPLETED) {
            throw new EngineException(
                    ErrorCode.JOB_CONFLICT,
                    "job: %s is Completed (expected: one that has something left to do)"
                            .formatted(row.name()));
        }
        PreparedRun run = prepared(true);
        boolean goesOn = !row.status().terminal() && row.status() != JobStatus.CANCEL_REQUESTED;
        return new Entered(run, goesOn ? row : reopen(store, row, run, clock.instant()));
    }

    /** Leaves an ended job at its end. */
    Entered takeUp(JobStore store) {
        JobRow row =
                store.find(request.name()).orElseThrow(() -> JobFolders.notFound(request.name()));
        PreparedRun run = prepared(!row.status().terminal());
        if (row.status() == JobStatus.CANCEL_REQUESTED) {
            reopen(store, row, run, clock.instant());
        }
        return new Entered(run, row);
    }

    /**
     * @param kept whether what is chosen now replaces what was chosen before
     */
    PreparedRun prepared(boolean kept) {
        JobFolders.refuseHalfMade(folder, request.name());
        try {
            CodeSnapshot.heal(folder.code());
            Optional<RunRecord> record = RunRecord.load(folder);
            PreparedRun run = assembly.prepare(runRequest(record));
            if (kept) {
                RunRecord.of(run).withNewCode(newCode(record)).save(folder);
            }
            return run;
        } catch (IOException e) {
            throw JobFolders.unusable(folder, e);
        }
    }

    private RunRequest runRequest(Optional<RunRecord> record) {
        Path base = record.map(RunRecord::base).orElse(folder.root());
        LoadedJob submitted = JobFolders.submitted(folder);
        ParallelJob job = JobWriter.rebased(submitted.job(), folder.root(), base);
        Path code = request.code().orElse(folder.code());
        LoadedJob checked =
                JobReader.read(
                        JobWriter.yaml(withCode(job, code)),
                        request.name(),
                        base,
                        new ReadOptions(List.of(), Map.of(), Map.of(), false, true));
        LoadedJob loaded =
                new LoadedJob(
                        job,
                        base,
                        checked.warnings(),
                        Map.of(),
                        record.map(known -> known.choices().overridden())
                                .orElse(checked.overridden()));
        return new RunRequest(
                request.name(),
                loaded,
                request.python().or(() -> record.flatMap(known -> known.choices().python())),
                request.instances().isPresent() || record.isEmpty()
                        ? request.instances()
                        : record.get().choices().instances(),
                record.map(known -> known.choices().datastores()).orElse(Map.of()),
                record.flatMap(known -> known.choices().cluster()),
                environment(loaded, record));
    }

    /** As it was found at the submit, unless it is to be looked at again. */
    private Optional<VirtualEnvironment> environment(LoadedJob loaded, Optional<RunRecord> record) {
        return request.environment().isPresent()
                ? CondaFile.settle(loaded, request.name(), request.environment())
                : record.flatMap(known -> known.choices().environment());
    }

    private static ParallelJob withCode(ParallelJob job, Path code) {
        RunFunction task = job.task();
        return job.toBuilder()
                .task(
                        new RunFunction(
                                Optional.of(code.toString()),
                                task.entryScript(),
                                task.programArguments(),
                                task.environment(),
                                task.appendRowTo()))
                .build();
    }

    private Optional<String> newCode(Optional<RunRecord> record) throws IOException {
        if (request.code().isEmpty()) {
            return record.flatMap(RunRecord::newCode);
        }
        CodeSnapshot.Source code = CodeSnapshot.Source.of(request.code().get());
        String digest = CodeSnapshot.digest(code);
        CodeSnapshot.replace(code, folder);
        return Optional.of(digest);
    }

    /** Makes a job that has ended, or was about to be canceled, one that goes on. */
    static JobRow reopen(JobStore store, JobRow row, PreparedRun run, Instant now) {
        long epoch = store.takeOver(row.name());
        if (row.status() == JobStatus.CANCEL_REQUESTED) {
            JobReason why = new JobReason(ErrorCode.CANCELED, "killed while being canceled");
            store.append(
                    row.name(),
                    epoch,
                    List.of(new StatusChanged(JobStatus.CANCELED, Optional.of(why), now)));
        }
        boolean shortOnesToo = run.settings().tolerance().errorThreshold() >= 0;
        store.reopen(row.name(), epoch, shortOnesToo, now);
        return store.find(row.name()).orElseThrow(() -> JobFolders.notFound(row.name()));
    }
}
