package dev.windrow.cli;

import dev.windrow.cli.view.Complaint;
import dev.windrow.cli.view.Form;
import dev.windrow.client.JobMistake;
import dev.windrow.client.JobNotice;
import dev.windrow.client.Validation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has a server check a job, and submits nothing. */
final class JobValidateVerb implements Verb {

    private final SubmittedFile job = new SubmittedFile();
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Checks a job here and on the server as create would - all mistakes at"
                                + " once - and submits nothing. Exit code 0 or 2.")
                .operands(job.operand())
                .options("Which job", job.which())
                .options("What is sent with it", job.sending())
                .options("How it would run", job.how())
                .options("Which server, and what is printed", server.all())
                .examples("windrow job validate job.yml --strict-keys");
    }

    @Override
    public int run(Shell shell) throws IOException {
        UploadLine line = new UploadLine(shell);
        Validation said = server.jobs(shell).validate(job.read(shell), job.options(), line);
        line.end();
        said.notices().stream()
                .map(JobNotice::message)
                .filter(text -> !job.told().contains(text))
                .forEach(text -> shell.err("note: " + text));
        Printing form = server.form(shell);
        if (!said.valid()) {
            job.advise(said.errors(), shell);
            List<Complaint> all = said.errors().stream().map(JobValidateVerb::complaint).toList();
            return new Faults(shell, server.asked().equals(Optional.of(Form.JSON)))
                    .report(all, ExitCode.INVALID);
        }
        shell.out(form.one(Map.of("errors", List.of()), List.of("valid"), List.of("valid")));
        return ExitCode.COMPLETED;
    }

    /** A mistake as the server tells it; lines are those of what it was sent, and left out. */
    static Complaint complaint(JobMistake one) {
        return new Complaint(
                one.code(),
                one.message(),
                one.path().orElse(""),
                0,
                0,
                one.value().orElse(""),
                one.rule().orElse(""));
    }
}
