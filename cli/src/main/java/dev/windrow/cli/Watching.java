package dev.windrow.cli;

import dev.windrow.cli.view.JobDocument;
import dev.windrow.cli.view.ServerJobText;
import dev.windrow.client.JobClient;
import dev.windrow.client.JobFailedException;
import dev.windrow.client.JobSetting;
import dev.windrow.client.JobSnapshot;
import dev.windrow.client.JobStatus;
import dev.windrow.client.WindrowException;

/** Follows a server's job to its end before the user's eyes; whether it goes on is not its say. */
final class Watching {

    private final Shell shell;
    private final JobClient jobs;
    private final String name;

    Watching(Shell shell, JobClient jobs, String name) {
        this.shell = shell;
        this.jobs = jobs;
        this.name = name;
    }

    /** From now on Ctrl-C ends this command, and says that the job goes on. */
    Watching untilInterrupted() {
        Signals.on("INT", this::leave);
        Signals.on("TERM", this::leave);
        return this;
    }

    private void leave() {
        shell.err(
                "windrow: stopped watching; %1$s goes on (windrow job stream %1$s, windrow job cancel %1$s)"
                        .formatted(name));
        shell.flush();
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }

    /**
     * Shows it, prints the summary or the document, and returns the exit code.
     *
     * @param failOnError whether a completed job with failures is to count as failed
     */
    int toTheEnd(Printing form, boolean failOnError) {
        JobSnapshot end = followed(jobs.get(name).snapshot());
        shell.out(
                form.one(
                        JobDocument.of(end),
                        ServerJobText.lines(end, shell.outStyle()),
                        JobDocument.row(end)));
        return exit(end, failOnError);
    }

    private JobSnapshot followed(JobSnapshot begin) {
        try (Told told = new Told(shell, begin, shell.liveErr() ? workers() : 0)) {
            return jobs.stream(name, told).snapshot();
        } catch (JobFailedException failed) {
            return failed.job();
        }
    }

    /** Of the whole fleet; 0 when the server does not say. */
    private int workers() {
        try {
            int product = 1;
            for (JobSetting one : jobs.settings(name)) {
                if (one.name().equals("instance_count")
                        || one.name().equals("max_concurrency_per_instance")) {
                    product *= Integer.parseInt(one.value());
                }
            }
            return product;
        } catch (WindrowException | NumberFormatException _) {
            return 0;
        }
    }

    private static int exit(JobSnapshot job, boolean failOnError) {
        if (job.status() == JobStatus.COMPLETED) {
            return failOnError && ServerJobText.hasFailures(job)
                    ? ExitCode.FAILED
                    : ExitCode.COMPLETED;
        }
        if (job.status() == JobStatus.CANCELED) {
            return ExitCode.CANCELED;
        }
        return job.status() == JobStatus.FAILED ? ExitCode.FAILED : ExitCode.OTHER;
    }
}
