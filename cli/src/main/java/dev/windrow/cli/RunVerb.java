package dev.windrow.cli;

import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.PreparedRun;
import java.io.IOException;

/** Runs a job on this machine. */
final class RunVerb implements Verb {

    private final JobOptions job =
            new JobOptions(
                    "its name; else the name in the file, else one is made up. The same name, job"
                            + " and code again: goes on with a job that was stopped, and only"
                            + " prints the summary of one that has ended.");
    private final MannerOptions manner = new MannerOptions();

    @Override
    public Page describe() {
        return Page.of("Runs the job of a YAML file on this machine, to its end.")
                .operands(job.operand())
                .options("Which job", job.which())
                .options("How it runs", job.how())
                .options("What it says", manner.all())
                .exitCodesOfJobs()
                .note(
                        "Ctrl-C cancels the job and keeps what was done; a second one kills at"
                                + " once. Either way windrow resume NAME goes on with it.")
                .examples(
                        "windrow run job.yml -n nightly --input images=/data/2026-11",
                        "windrow run job.yml --set mini_batch_size=20 --instances 2");
    }

    @Override
    public int run(Shell shell) throws IOException {
        Assembly assembly = new Assembly(shell.home(), shell.clock());
        PreparedRun run = assembly.prepare(job.request(shell));
        return new Execution(shell, manner.manner()).run("run", () -> assembly.open(run));
    }
}
