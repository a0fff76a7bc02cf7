package dev.windrow.client;

import dev.windrow.client.Documents.FilePage;
import dev.windrow.client.JobListener.LogEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The log files of one job. */
public final class JobLogs {
    private static final String TEXT = "text/plain";

    private final Transport transport;
    private final String job;

    /**
     * Makes the logs of a job.
     *
     * @param job path of the job on the server
     */
    JobLogs(Transport transport, String job) {
        this.transport = transport;
        this.job = job;
    }

    /** Lists the files; pages are asked for as the stream is used. */
    public Stream<JobFile> list() {
        return list(LogFilter.all());
    }

    /**
     * Lists some of the files; pages are asked for as the stream is used.
     *
     * @throws NotFoundException when the plan has no such mini-batch
     */
    public Stream<JobFile> list(LogFilter filter) {
        Call listing = filter.on(Call.get(job + "/logs").query("max", JobFilter.PAGE));
        return Pages.stream(transport, listing, FilePage.class);
    }

    /** Gives what a file holds now, 16 MiB at most; longer ones are for the other form. */
    public String read(String path) {
        return new String(transport.bytes(file(path), TEXT), StandardCharsets.UTF_8);
    }

    /**
     * Copies what a file holds now, going on after broken connections; the stream stays open.
     *
     * @return the number of bytes
     * @throws IOException when the stream cannot be written to
     */
    public long read(String path, OutputStream out) throws IOException {
        return new FileStream(transport, file(path), TEXT, out, OptionalLong.empty()).copy();
    }

    /**
     * Tells of all text in the script's log files, from its start and as it comes, until the job
     * has ended; blocks as long.
     *
     * @return the job as it ended
     */
    public JobSnapshot follow(Consumer<LogEvent> text) {
        return follow(text, Call.get(job + "/events").query("logs", "true"));
    }

    /**
     * Tells of all text in one log file, whoever writes it, from its start and as it comes, until
     * the job has ended; blocks as long. The file need not be there yet.
     *
     * @param path of the file, as it is listed
     * @return the job as it ended
     * @throws NotFoundException when there can be no such file
     */
    public JobSnapshot follow(String path, Consumer<LogEvent> text) {
        return follow(text, Call.get(job + "/events").query("log_file", path));
    }

    private JobSnapshot follow(Consumer<LogEvent> text, Call events) {
        JobListener listener =
                new JobListener() {
                    @Override
                    public void log(LogEvent event) {
                        text.accept(event);
                    }
                };
        return new EventFollower(transport, events, listener).follow();
    }

    private Call file(String path) {
        return Call.get(job + "/logs/file").query("path", path);
    }
}
