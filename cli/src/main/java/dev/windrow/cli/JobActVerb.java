package dev.windrow.cli;

import dev.windrow.cli.view.JobDocument;
import dev.windrow.client.JobClient;
import dev.windrow.client.JobSnapshot;
import dev.windrow.client.SubmittedJob;
import java.io.IOException;
import java.util.List;

/** Does one thing to a server's job: cancels it, archives it, restores it. */
final class JobActVerb implements Verb {

    private final String told;
    private final String example;
    private final Act act;
    private final ServerJob job = ServerJob.only();
    private final ServerOptions server = new ServerOptions();

    private interface Act {
        SubmittedJob on(JobClient jobs, String name);
    }

    private JobActVerb(String told, String example, Act act) {
        this.told = told;
        this.example = example;
        this.act = act;
    }

    static JobActVerb cancel() {
        return new JobActVerb(
                "Asks a job to stop; rows of finished mini-batches are kept beside the target."
                        + " Returns before it has stopped. A job that has ended is left as it is,"
                        + " and that is an error.",
                "windrow job cancel nightly",
                JobClient::cancel);
    }

    static JobActVerb archive() {
        return new JobActVerb(
                "Leaves a job out of lists; nothing of it is removed.",
                "windrow job archive nightly",
                JobClient::archive);
    }

    static JobActVerb restore() {
        return new JobActVerb(
                "Shows an archived job in lists again.",
                "windrow job restore nightly",
                JobClient::restore);
    }

    @Override
    public Page describe() {
        return Page.of(told)
                .operands(job.operands())
                .options("Which job", job.and())
                .options("Which server, and what is printed", server.all())
                .examples(example);
    }

    @Override
    public int run(Shell shell) throws IOException {
        JobSnapshot now = act.on(server.jobs(shell), job.name()).snapshot();
        String state = now.status() + "  " + now.name() + (now.archived() ? "  (archived)" : "");
        shell.out(
                server.form(shell).one(JobDocument.of(now), List.of(state), JobDocument.row(now)));
        return ExitCode.COMPLETED;
    }
}
