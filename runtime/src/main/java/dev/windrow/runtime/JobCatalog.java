package dev.windrow.runtime;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.model.JobName;
import dev.windrow.model.ParallelJob;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.job.DiskFolders;
import dev.windrow.runtime.job.JobLock;
import dev.windrow.spec.JobWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The jobs below a home, whoever runs them; finds, describes and removes them. */
public final class JobCatalog {

    /** A name that no job can have: what a broken-off removal left. */
    private static final String REMOVED = ".removed-";

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
            return new JobPlaces(
                    record.outputs(), record.partial().filter(Files::exists).map(Path::toString));
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
        JobFolder folder = folder(name);
        if (owner(folder).isPresent()) {
            return false;
        }
        try (JobLock _ = JobLock.take(folder, name)) {
            if (!ended(folder, name)) {
                return false;
            }
            // Out of sight at once: whatever becomes of the rest, no half job is ever seen.
            Path away = folder.root().resolveSibling(REMOVED + name);
            DiskFolders.delete(away);
            Files.move(folder.root(), away, StandardCopyOption.ATOMIC_MOVE);
            DiskFolders.delete(away);
            return true;
        } catch (IOException e) {
            throw JobFolders.unusable(folder, e);
        }
    }

    private boolean ended(JobFolder folder, String name) {
        try (JobStore store = stores.apply(folder)) {
            return row(store, name).status().terminal();
        }
    }

    /** Removes what broken-off removals left. */
    public void sweep() {
        try (var folders = Files.newDirectoryStream(JobFolder.all(home), REMOVED + "*")) {
            for (Path folder : folders) {
                DiskFolders.delete(folder);
            }
        } catch (IOException _) {
            // Nothing to sweep, or nothing that this user may sweep.
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
