package dev.windrow.client;

import dev.windrow.client.Documents.AgentToken;
import dev.windrow.client.Documents.JobPage;
import dev.windrow.client.Documents.MiniBatchPage;
import dev.windrow.client.Documents.Outputs;
import dev.windrow.client.Documents.Settings;
import dev.windrow.model.JobName;
import dev.windrow.model.compute.ComputeName;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one workspace. Every method asks the server and blocks until it has answered; all
 * throw {@link WindrowException}. For any number of threads.
 */
public final class JobClient {
    private static final String SET_COMPUTE = "compute=";

    private final Transport transport;
    private final String workspace;
    private final InstantSource time;

    /**
     * Makes a client.
     *
     * @param workspace path of the workspace on the server
     */
    JobClient(Transport transport, String workspace, InstantSource time) {
        this.transport = transport;
        this.workspace = workspace;
        this.time = time;
    }

    /** Submits a job as it is; see {@link #create(ParallelJob, CreateOptions)}. */
    public SubmittedJob create(ParallelJob job) {
        return create(job, CreateOptions.usual());
    }

    /**
     * Submits a job under its name; one is made up when it has none. The same job once more changes
     * nothing.
     *
     * @throws ValidationException with every mistake
     * @throws ConflictException when another job has the name
     */
    public SubmittedJob create(ParallelJob job, CreateOptions options) {
        return create(job, options, UploadListener.NONE);
    }

    /**
     * Submits a job as {@link #create(ParallelJob, CreateOptions)} does, and tells how far its
     * upload is. What the server has already is not sent again.
     */
    public SubmittedJob create(ParallelJob job, CreateOptions options, UploadListener listener) {
        Submission submission =
                uploads(job, options)
                        ? Submission.uploaded(job, options, upload(job, listener))
                        : Submission.of(job, options);
        Call put = Call.put(path(submission.name()), submission.document());
        JobSnapshot snapshot = transport.json(put, JobSnapshot.class);
        return new SubmittedJob(this, time, snapshot, Optional.of(job.basePath()));
    }

    private boolean uploads(ParallelJob job, CreateOptions options) {
        boolean usual = options.uploading() == Uploading.WHEN_ELSEWHERE;
        return uploads(options.uploading()) || (usual && runsElsewhere(job, options));
    }

    /** What pods are to read is sent, wherever the server is. */
    private static boolean runsElsewhere(ParallelJob job, CreateOptions options) {
        Optional<String> set =
                options.set().stream()
                        .filter(one -> one.startsWith(SET_COMPUTE))
                        .map(one -> one.substring(SET_COMPUTE.length()))
                        .reduce((_, last) -> last);
        return set.or(job::compute)
                .map(ComputeName::of)
                .filter(name -> !name.equals(ComputeName.LOCAL))
                .isPresent();
    }

    private boolean uploads(Uploading uploading) {
        return switch (uploading) {
            case ALWAYS -> true;
            case NEVER -> false;
            case WHEN_ELSEWHERE -> !transport.isHere();
        };
    }

    private JobUpload upload(ParallelJob job, UploadListener listener) {
        return new JobUpload(
                new FolderUpload(transport, workspace, listener), listener, job.basePath());
    }

    /** Checks a job as a submit would, and submits nothing. */
    public Validation validate(ParallelJob job) {
        return validate(job, CreateOptions.usual());
    }

    /**
     * Checks a job as a submit with these options would; the server does all of it, so code and
     * inputs are sent as for a submit.
     */
    public Validation validate(ParallelJob job, CreateOptions options) {
        return validate(job, options, UploadListener.NONE);
    }

    /** Checks a job, and tells how far the upload is. */
    public Validation validate(ParallelJob job, CreateOptions options, UploadListener listener) {
        try {
            Map<String, @Nullable Object> document =
                    uploads(job, options)
                            ? Submission.uploaded(job, options, upload(job, listener)).document()
                            : Submission.asIs(job, options);
            Call post = Call.post(workspace + "/validate", document);
            return transport.json(post, Validation.class);
        } catch (ValidationException e) {
            if (!uploads(job, options)) {
                throw e;
            }
            return new Validation(false, e.mistakes(), List.of());
        }
    }

    /**
     * Gives a job.
     *
     * @throws NotFoundException when there is none of that name
     */
    public SubmittedJob get(String name) {
        return handle(fetch(name));
    }

    /** Lists jobs, the latest first; pages are asked for as the stream is used. */
    public Stream<SubmittedJob> list(JobFilter filter) {
        Call listing = filter.on(Call.get(workspace + "/jobs")).query("max", JobFilter.PAGE);
        return Pages.stream(transport, listing, JobPage.class).map(this::handle);
    }

    /**
     * Asks a job to stop; returns before it has. Asking again changes nothing.
     *
     * @throws ConflictException when it has ended
     */
    public SubmittedJob cancel(String name) {
        return handle(act(name, "/cancel"));
    }

    /**
     * Makes a job of exactly what of an ended job has failed; see {@link #retry(String,
     * RetryOptions, UploadListener)}.
     */
    public SubmittedJob retry(String name, RetryOptions options) {
        return retry(name, options, UploadListener.NONE);
    }

    /**
     * Makes a job of the mini-batches of an ended job that have failed, or that never ended, with
     * the same items in the same order. The same once more changes nothing, if the new job was
     * given a name.
     *
     * @throws ValidationException {@code NOTHING_TO_RETRY}, {@code NOT_MERGEABLE}
     * @throws ConflictException when the job has not ended
     */
    public SubmittedJob retry(String name, RetryOptions options, UploadListener listener) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("name", options.name().orElseGet(FreshNames::next));
        if (options.code().isPresent()) {
            Path code = options.code().get().toAbsolutePath().normalize();
            FolderUpload folders = new FolderUpload(transport, workspace, listener);
            document.put(
                    "code",
                    uploads(options.uploading())
                            ? new JobUpload(folders, listener, code).code(code)
                            : code.toString());
        }
        if (options.merge()) {
            document.put("merge", true);
        }
        Call post = Call.post(path(name) + "/retry", document);
        return handle(transport.json(post, JobSnapshot.class));
    }

    /**
     * Makes a token by which {@code windrow agent} joins the fleet of a job; it opens nothing else.
     *
     * @throws ConflictException when the job has ended
     */
    public String agentToken(String name) {
        return transport.json(Call.post(path(name) + "/agent-token"), AgentToken.class).token();
    }

    /** Leaves a job out of lists. */
    public SubmittedJob archive(String name) {
        return handle(act(name, "/archive"));
    }

    /** Shows a job in lists again. */
    public SubmittedJob restore(String name) {
        return handle(act(name, "/restore"));
    }

    /**
     * Changes texts and tags of a job; sent once, never repeated.
     *
     * @throws ConflictException when a property would be changed
     */
    public SubmittedJob update(String name, JobUpdate update) {
        Call patch = Call.patch(path(name), update.patch());
        return handle(transport.json(patch, JobSnapshot.class));
    }

    /**
     * Removes an ended job with its ledger and logs; its outputs stay.
     *
     * @throws ConflictException when it has not ended
     */
    public void delete(String name) {
        transport.delete(Call.delete(path(name)));
    }

    /**
     * Tells a listener what happens to a job from its start, over broken connections and a cancel,
     * until it has ended.
     *
     * @return the job as it ended
     * @throws JobFailedException when it has failed
     */
    public SubmittedJob stream(String name, JobListener listener) {
        Call events = Call.get(path(name) + "/events");
        JobSnapshot end = new EventFollower(transport, events, listener).follow();
        if (end.status() == JobStatus.FAILED) {
            throw new JobFailedException(end);
        }
        return handle(end);
    }

    /** Prints what happens to a job as {@link #stream(String, JobListener)} tells it. */
    public SubmittedJob stream(String name, PrintStream out) {
        return stream(name, new PrintedJob(fetch(name), out, time));
    }

    /**
     * Brings files of an ended job into a folder, which is made when it is not there: log files
     * below {@code artifacts}, outputs below {@code named-outputs/NAME}. A file appears whole or
     * not at all, in place of one that is there.
     *
     * @throws ConflictException when the job has not ended
     * @throws NotFoundException when it has no such output
     * @throws ServerException when a file is listed with a path that leads out of the folder
     * @throws IOException when the folder cannot be written to
     */
    public Downloaded download(String name, Path into, DownloadOptions options) throws IOException {
        JobStatus status = fetch(name).status();
        if (!status.ended()) {
            throw new ConflictException(
                    "JOB_NOT_ENDED",
                    "status: %s (expected: Completed, Failed or Canceled)".formatted(status));
        }
        Download download = new Download(transport, path(name), into);
        if (options.output().isPresent()) {
            download.output(options.output().get());
        } else {
            download.logs();
        }
        if (options.all()) {
            for (JobOutput output : outputs(name)) {
                if (output.ready()) {
                    download.output(output.name());
                }
            }
        }
        return download.done();
    }

    /** Gives the outputs of a job. */
    public List<JobOutput> outputs(String name) {
        return transport.json(Call.get(path(name) + "/outputs"), Outputs.class).items();
    }

    /** Gives the log files of a job. */
    public JobLogs logs(String name) {
        return new JobLogs(transport, path(name));
    }

    /** Lists mini-batches that have ended, by index; pages are asked for as the stream is used. */
    public Stream<MiniBatchRow> miniBatches(String name) {
        return miniBatches(name, "all");
    }

    /** Lists mini-batches that have failed, by index. */
    public Stream<MiniBatchRow> failedMiniBatches(String name) {
        return miniBatches(name, MiniBatch.State.FAILED.toString());
    }

    private Stream<MiniBatchRow> miniBatches(String name, String state) {
        Call listing =
                Call.get(path(name) + "/mini-batches")
                        .query("state", state)
                        .query("max", JobFilter.PAGE);
        return Pages.stream(transport, listing, MiniBatchPage.class);
    }

    /** Gives one mini-batch with its items and failed attempts. */
    public MiniBatch miniBatch(String name, int index) {
        Call call = Call.get(path(name) + "/mini-batches/" + index);
        return transport.json(call, MiniBatch.class);
    }

    /**
     * Copies the items of failed mini-batches, one JSON object a line; the stream stays open.
     *
     * @return the number of bytes
     */
    public long failedItems(String name, OutputStream out) throws IOException {
        Call call = Call.get(path(name) + "/failed-items");
        OptionalLong length = OptionalLong.empty();
        return new FileStream(transport, call, "application/x-ndjson", out, length).copy();
    }

    /** Says what a job is waiting for, or why it ended as it did. */
    public Why why(String name) {
        return transport.json(Call.get(path(name) + "/why"), Why.class);
    }

    /** Gives the settings in force, and where each comes from. */
    public List<JobSetting> settings(String name) {
        return transport.json(Call.get(path(name) + "/settings"), Settings.class).settings();
    }

    /** Gives a job as YAML that can be submitted again; its paths are absolute. */
    public String dump(String name) {
        Call call = Call.get(path(name) + "/spec");
        return new String(transport.bytes(call, "application/yaml"), StandardCharsets.UTF_8);
    }

    JobSnapshot fetch(String name) {
        return transport.json(Call.get(path(name)), JobSnapshot.class);
    }

    private JobSnapshot act(String name, String verb) {
        return transport.json(Call.post(path(name) + verb), JobSnapshot.class);
    }

    private SubmittedJob handle(JobSnapshot job) {
        return new SubmittedJob(this, time, job, Optional.empty());
    }

    private String path(String name) {
        return workspace + "/jobs" + Call.path(new JobName(name).value());
    }
}
