package dev.windrow.runtime;

import dev.windrow.disk.DiskFolders;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.model.DataType;
import dev.windrow.model.JobName;
import dev.windrow.model.Output;
import dev.windrow.model.ParallelJob;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.job.JobLock;
import dev.windrow.spec.JobWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The jobs below a home, whoever runs them; finds, describes and removes them. */
public final class JobCatalog {

    /** Files and folders in one step of a removal. */
    private static final int STEP = 1_000;

    private final Path home;
    private final Function<JobFolder, JobStore> stores;

    JobCatalog(Path home, Function<JobFolder, JobStore> stores) {
        this.home = home;
        this.stores = stores;
    }

    /**
     * The folder of a job that was submitted.
     *
     * @throws EngineException JOB_NOT_FOUND
     */
    public JobFolder folder(String name) {
        if (!JobName.isLegal(name)) {
            throw JobFolders.notFound(name);
        }
        JobFolder folder = JobFolder.of(home, name);
        if (!Files.isRegularFile(folder.ledger())) {
            throw JobFolders.notFound(name);
        }
        return folder;
    }

    /** Tells whether there is a folder of such a job, whatever it holds. */
    public boolean holds(String name) {
        return Files.exists(JobFolder.of(home, name).root());
    }

    /** All jobs, the latest first. Those whose ledger cannot be read are left out. */
    public List<JobEntry> list() {
        List<JobEntry> jobs = new ArrayList<>();
        for (String name : names()) {
            try {
                jobs.add(find(name));
            } catch (EngineException _) {
                // Being removed, being made, or damaged: the others are still worth listing.
            }
        }
        jobs.sort(Comparator.comparing((JobEntry job) -> job.row().submittedAt()).reversed());
        return jobs;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        try (var folders = Files.newDirectoryStream(JobFolder.all(home))) {
            for (Path folder : folders) {
                String name = folder.getFileName().toString();
                if (JobName.isLegal(name)) {
                    names.add(name);
                }
            }
        } catch (NoSuchFileException _) {
            return names;
        } catch (IOException e) {
            throw JobFolders.unusable(new JobFolder(JobFolder.all(home)), e);
        }
        return names;
    }

    /**
     * One job.
     *
     * @throws EngineException JOB_NOT_FOUND
     */
    public JobEntry find(String name) {
        JobFolder folder = folder(name);
        try (JobStore store = stores.apply(folder)) {
            return new JobEntry(row(store, name), owner(folder));
        }
    }

    /**
     * What became of a job so far, counted from its ledger.
     *
     * @throws EngineException JOB_NOT_FOUND
     */
    public JobOutcome outcome(String name) {
        JobFolder folder = folder(name);
        try (JobStore store = stores.apply(folder)) {
            RunRecord record = RunRecord.load(folder).orElseGet(() -> RunRecord.unknown(folder));
            return Outcomes.ofLedger(folder, row(store, name), store, record);
        } catch (IOException e) {
            throw JobFolders.unusable(folder, e);
        }
    }

    /**
     * The job as it was submitted, its relative paths starting from another folder.
     *
     * @param base absolute
     * @throws EngineException JOB_NOT_FOUND
     */
    public ParallelJob submitted(String name, Path base) {
        JobFolder folder = folder(name);
        return JobWriter.rebased(JobFolders.submitted(folder).job(), folder.root(), base);
    }

    /**
     * The job as it was submitted, its paths absolute.
     *
     * @throws EngineException JOB_NOT_FOUND
     */
    public ParallelJob absolute(String name) {
        JobFolder folder = folder(name);
        return JobWriter.absolute(JobFolders.submitted(folder).job(), folder.root());
    }

    /**
     * Where a job's outputs are, or will be.
     *
     * @throws EngineException JOB_NOT_FOUND
     */
    public JobPlaces places(String name) {
        JobFolder folder = folder(name);
        try {
            RunRecord record = RunRecord.load(folder).orElseGet(() -> RunRecord.unknown(folder));
            return new JobPlaces(record.outputs(), record.partial(), unseen(folder, record));
        } catch (IOException e) {
            throw JobFolders.unusable(folder, e);
        }
    }

    private static Map<String, JobPlaces.Unseen> unseen(JobFolder folder, RunRecord record) {
        Map<String, VolumePath> places = new HashMap<>();
        record.outputs()
                .forEach((name, text) ->
                        record.volumePath(text).ifPresent(place -> places.put(name, place)));
        Map<String, JobPlaces.Unseen> unseen = new HashMap<>();
        if (!places.isEmpty()) {
            Map<String, Output> declared = JobFolders.submitted(folder).job().outputs();
            places.forEach((name, place) -> {
                boolean rows = record.rows().filter(name::equals).isPresent();
                DataType type =
                        rows
                                ? DataType.URI_FILE
                                : declared.getOrDefault(name, Output.unset()).effectiveType();
                unseen.put(name, new JobPlaces.Unseen(place, type.yaml()));
            });
        }
        return unseen;
    }

    /**
     * A place beside the rows of a job whose agents may have left something there; empty when it
     * wrote rows to no volume that only pods see.
     *
     * @throws EngineException JOB_NOT_FOUND
     */
    public Optional<VolumePath> rowsVolume(String name) {
        JobFolder folder = folder(name);
        try {
            RunRecord record = RunRecord.load(folder).orElseGet(() -> RunRecord.unknown(folder));
            return record.rows().map(record.outputs()::get).flatMap(record::volumePath);
        } catch (IOException e) {
            throw JobFolders.unusable(folder, e);
        }
    }

    /** Bytes that a job's folder takes. */
    public long bytes(String name) {
        JobFolder folder = folder(name);
        try {
            return DiskFolders.bytes(folder.root());
        } catch (IOException e) {
            throw JobFolders.unusable(folder, e);
        }
    }

    /**
     * Removes an ended job's folder with its ledger, logs and snapshot; outputs stay.
     *
     * @return false when the job goes on or is owned by a process now
     * @throws EngineException JOB_NOT_FOUND, or when the disk refuses
     */
    public boolean remove(String name) {
        boolean hidden = hide(name);
        sweep();
        return hidden;
    }

    /**
     * The same, but that the folder is only taken out of sight, durably and at once, whatever it
     * holds; {@link #sweepSome} frees it.
     */
    public boolean hide(String name) {
        JobFolder folder = folder(name);
        if (owner(folder).isPresent()) {
            return false;
        }
        try (JobLock _ = JobLock.take(folder, name)) {
            if (!ended(folder, name)) {
                return false;
            }
            removed().hide(folder);
            return true;
        } catch (IOException e) {
            throw JobFolders.unusable(folder, e);
        }
    }

    private RemovedJobs removed() {
        return new RemovedJobs(JobFolder.all(home));
    }

    /** Jobs that were taken out of sight, of which something is left. */
    public List<String> hidden() {
        try {
            return removed().names().stream().filter(JobName::isLegal).toList();
        } catch (IOException _) {
            // Nothing that this user may see.
            return List.of();
        }
    }

    /**
     * Frees a part of what was taken out of sight, also what broken-off removals left.
     *
     * @return whether there is more
     * @throws IOException when the disk refuses
     */
    public boolean sweepSome() throws IOException {
        return removed().free(STEP);
    }

    /** Frees all of it, as far as this user may. */
    public void sweep() {
        try {
            boolean more = true;
            while (more) {
                more = sweepSome();
            }
        } catch (IOException _) {
            // It is out of sight; a later sweep tries again.
        }
    }

    private boolean ended(JobFolder folder, String name) {
        try (JobStore store = stores.apply(folder)) {
            return row(store, name).status().terminal();
        }
    }

    private static JobRow row(JobStore store, String name) {
        return store.find(name).orElseThrow(() -> JobFolders.notFound(name));
    }

    private static Optional<String> owner(JobFolder folder) {
        return JobLock.isHeld(folder)
                ? JobLock.owner(folder).or(() -> Optional.of("unknown"))
                : Optional.empty();
    }
}
