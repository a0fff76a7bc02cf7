package dev.windrow.cli;

import dev.windrow.cli.view.Form;
import dev.windrow.cli.view.JobDocument;
import dev.windrow.cli.view.ServerJobText;
import dev.windrow.client.CreateOptions;
import dev.windrow.client.JobClient;
import dev.windrow.client.JobSnapshot;
import dev.windrow.client.ParallelJob;
import dev.windrow.client.ValidationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** Submits a job to a server. */
final class JobCreateVerb implements Verb {

    private final SubmittedFile job = new SubmittedFile();
    private final OptionSpec stream =
            Args.flag("watch it to its end, and end as windrow run does", "--stream");
    private final OptionSpec saveAs =
            Args.path("FILE", "write the job as the server has it to this file", "--save-as");
    private final OptionSpec web = Args.flag("print the address of the job's page", "--web");
    private final OptionSpec failOnError =
            Args.flag(
                    "with --stream: exit code 4 also when it completed with failed items",
                    "--fail-on-error");
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Submits the job of a YAML file to a server, which runs it on its own machine."
                                + " Code and inputs are sent to a server on another machine, but"
                                + " for what .amlignore, else .gitignore, names; what it has"
                                + " already is not sent again.")
                .operands(job.operand())
                .options("Which job", job.which())
                .options("What is sent with it", job.sending())
                .options("How it runs", job.how())
                .options("What happens then", stream, saveAs, web, failOnError)
                .options("Which server, and what is printed", server.all())
                .exitCodesOfJobs()
                .note("Ctrl-C with --stream only stops watching; the job goes on.")
                .examples(
                        "windrow job create job.yml -n nightly --stream",
                        "windrow job create -f job.yml --set mini_batch_size=20 -o yaml");
    }

    @Override
    public int run(Shell shell) throws IOException {
        if (Args.given(failOnError) && !Args.given(stream)) {
            throw new UsageException("--fail-on-error: given alone (expected: with --stream)");
        }
        CreateOptions options = job.options();
        JobClient jobs = server.jobs(shell);
        ParallelJob read = job.read(shell);
        JobSnapshot made = submitted(jobs, read, options, shell);
        String name = made.name();
        Optional<Path> file = Args.path(saveAs);
        if (file.isPresent()) {
            Files.writeString(file.get(), jobs.dump(name));
            shell.err("written: " + file.get());
        }
        if (Args.given(web)) {
            shell.err("page: " + made.studioUrl());
        }
        if (Args.given(stream)) {
            return new Watching(shell, jobs, name)
                    .untilInterrupted()
                    .toTheEnd(server.form(Form.TABLE), Args.given(failOnError));
        }
        Printing form = server.form(shell);
        shell.out(
                form.one(
                        JobDocument.of(made),
                        ServerJobText.lines(made, shell.outStyle()),
                        JobDocument.row(made)));
        if (form.isTable()) {
            shell.err("to watch it: windrow job stream " + name);
        }
        return ExitCode.COMPLETED;
    }

    private JobSnapshot submitted(
            JobClient jobs, ParallelJob read, CreateOptions options, Shell shell) {
        UploadLine line = new UploadLine(shell);
        try {
            return jobs.create(read, options, line).snapshot();
        } catch (ValidationException e) {
            job.advise(e.mistakes(), shell);
            throw e;
        } finally {
            line.end();
        }
    }
}
