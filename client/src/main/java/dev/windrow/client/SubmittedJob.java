package dev.windrow.client;

import dev.windrow.client.JobSnapshot.CreationContext;
import dev.windrow.client.JobSnapshot.ItemCounts;
import dev.windrow.client.JobSnapshot.MiniBatchCounts;
import dev.windrow.client.JobSnapshot.Reason;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A job on a server. What it tells is as of the last time the server was asked: by whoever gave
 * this handle, or by {@link #refresh}, {@link #cancel}, {@link #stream} or {@link
 * #waitForCompletion}. For any number of threads.
 */
public final class SubmittedJob {
    private static final Duration SELDOM = Duration.ofSeconds(2);

    private final JobClient jobs;
    private final InstantSource time;
    private final Optional<Path> basePath;
    private volatile JobSnapshot last;

    SubmittedJob(JobClient jobs, InstantSource time, JobSnapshot job, Optional<Path> basePath) {
        this.jobs = jobs;
        this.time = time;
        this.last = job;
        this.basePath = basePath;
    }

    /** Gives all that was told at once. */
    public JobSnapshot snapshot() {
        return last;
    }

    /** Gives {@code /workspaces/WS/jobs/NAME}. */
    public String id() {
        return last.id();
    }

    /** Gives the name, unique in its workspace. */
    public String name() {
        return last.name();
    }

    /** Gives {@code parallel}. */
    public String type() {
        return last.type();
    }

    /** Gives where the job stands. */
    public JobStatus status() {
        return last.status();
    }

    /** Gives why it has that status. */
    public Optional<Reason> statusReason() {
        return last.statusReason();
    }

    /** Gives the name shown to people. */
    public Optional<String> displayName() {
        return last.displayName();
    }

    /** Gives what the job is for. */
    public Optional<String> description() {
        return last.description();
    }

    /** Gives the labels that can be changed. */
    public Map<String, String> tags() {
        return last.tags();
    }

    /** Gives the labels that cannot be changed. */
    public Map<String, String> properties() {
        return last.properties();
    }

    /** Gives who made and last changed it, and when. */
    public CreationContext creationContext() {
        return last.creationContext();
    }

    /** Gives what became of its mini-batches. */
    public MiniBatchCounts miniBatches() {
        return last.miniBatches();
    }

    /** Gives what became of its items. */
    public ItemCounts items() {
        return last.items();
    }

    /** Gives where each output is, by name. */
    public Map<String, String> outputs() {
        return last.outputs();
    }

    /** Gives the address of a page about the job. */
    public String studioUrl() {
        return last.studioUrl();
    }

    /** Gives the folder its relative paths started from; known only to who has submitted it. */
    public Optional<Path> basePath() {
        return basePath;
    }

    /** Asks the server for its log files by path; empty before there are any. */
    public Map<String, JobFile> logFiles() {
        Map<String, JobFile> files = new LinkedHashMap<>();
        jobs.logs(name()).list().forEach(file -> files.put(file.path(), file));
        return Collections.unmodifiableMap(files);
    }

    /** Asks the server what was submitted; its paths are absolute. */
    public ParallelJob spec() {
        Path root = basePath.orElse(Path.of("")).toAbsolutePath();
        return ParallelJob.parse(jobs.dump(name()), name(), root);
    }

    /** Asks the server where the job is now. */
    public SubmittedJob refresh() {
        last = jobs.fetch(name());
        return this;
    }

    /** Asks the job to stop, as {@link JobClient#cancel} does. */
    public SubmittedJob cancel() {
        last = jobs.cancel(name()).snapshot();
        return this;
    }

    /** Follows the job to its end, as {@link JobClient#stream(String, JobListener)} does. */
    public SubmittedJob stream(JobListener listener) {
        return followed(() -> jobs.stream(name(), listener));
    }

    /** Prints what happens until its end, as {@link JobClient#stream(String, PrintStream)} does. */
    public SubmittedJob stream(PrintStream out) {
        return followed(() -> jobs.stream(name(), out));
    }

    /** Brings its files into a folder, as {@link JobClient#download} does. */
    public Downloaded download(Path into, DownloadOptions options) throws IOException {
        return jobs.download(name(), into, options);
    }

    /**
     * Blocks until the job has ended, however it ended, or the time is over; asks the server once
     * at least and every two seconds at most.
     *
     * @return whether the job has ended
     */
    public boolean waitForCompletion(Duration longest) {
        return new Looking(time, longest, SELDOM)
                .until(ended -> ended, () -> refresh().status().ended());
    }

    private SubmittedJob followed(Following following) {
        try {
            last = following.toTheEnd().snapshot();
            return this;
        } catch (JobFailedException failed) {
            last = failed.job();
            throw failed;
        }
    }

    private interface Following {
        SubmittedJob toTheEnd();
    }

    @Override
    public String toString() {
        return "SubmittedJob[" + id() + ", " + status() + "]";
    }
}
