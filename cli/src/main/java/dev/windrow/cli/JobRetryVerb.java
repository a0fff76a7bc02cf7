package dev.windrow.cli;

import dev.windrow.cli.view.Form;
import dev.windrow.cli.view.JobDocument;
import dev.windrow.cli.view.ServerJobText;
import dev.windrow.client.JobClient;
import dev.windrow.client.JobSnapshot;
import dev.windrow.client.RetryOptions;
import dev.windrow.model.JobName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** Makes a job of exactly what another has failed to do. */
final class JobRetryVerb implements Verb {

    private final ServerJob job = ServerJob.only();
    private final OptionSpec newName =
            Args.text("NAME", "of the new job; else one is made up", "--new-name");
    private final OptionSpec code =
            Args.path("DIR", "run the code in this folder; else that of the old job", "--code");
    private final OptionSpec merge =
            Args.flag(
                    "write old and new rows together, in the order of the mini-batches, to a new"
                            + " place",
                    "--merge");
    private final OptionSpec stream =
            Args.flag("watch it to its end, and end as windrow run does", "--stream");
    private final UploadOptions sending = new UploadOptions();
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Makes a job of the mini-batches of an ended one that failed, or that never"
                                + " ended: the same items in the same order. Its rows go beside"
                                + " those of the old job, to a place with the new name.")
                .operands(job.operands())
                .options("Which job", job.and(newName))
                .options("How it runs", code, merge, stream)
                .options("What is sent with it", sending.all())
                .options("Which server, and what is printed", server.all())
                .exitCodesOfJobs()
                .note("When nothing has failed, that is said, and the exit code is 2.")
                .examples(
                        "windrow job retry nightly --code ./src --stream",
                        "windrow job retry -n nightly --merge --new-name nightly-whole");
    }

    @Override
    public int run(Shell shell) throws IOException {
        RetryOptions options = options();
        JobClient jobs = server.jobs(shell);
        UploadLine line = new UploadLine(shell);
        JobSnapshot made;
        try {
            made = jobs.retry(job.name(), options, line).snapshot();
        } finally {
            line.end();
        }
        if (Args.given(stream)) {
            return new Watching(shell, jobs, made.name())
                    .untilInterrupted()
                    .toTheEnd(server.form(Form.TABLE), false);
        }
        Printing form = server.form(shell);
        shell.out(
                form.one(
                        JobDocument.of(made),
                        ServerJobText.lines(made, shell.outStyle()),
                        JobDocument.row(made)));
        return ExitCode.COMPLETED;
    }

    private RetryOptions options() {
        Optional<String> chosen = Args.text(newName);
        if (chosen.isPresent() && !JobName.isLegal(chosen.get())) {
            throw new UsageException(
                    "--new-name: %s (expected: %s)".formatted(chosen.get(), JobName.RULE));
        }
        Optional<Path> folder = Args.path(code);
        if (folder.isPresent() && !Files.isDirectory(folder.get())) {
            throw new UsageException(
                    "--code: %s (expected: a folder on this machine)".formatted(folder.get()));
        }
        return new RetryOptions(chosen, folder, Args.given(merge), sending.uploading());
    }
}
