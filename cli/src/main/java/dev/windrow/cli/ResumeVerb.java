package dev.windrow.cli;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobOutcome;
import dev.windrow.runtime.ResumeRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** Goes on with a job. */
final class ResumeVerb implements Verb {

    private final NamedJob job = NamedJob.first();
    private final OptionSpec code =
            Args.path("FOLDER", "use this code from now on; else that of the submission", "--code");
    private final Python python = Python.option("use another Python");
    private final EnvironmentChoice environment = EnvironmentChoice.offered();
    private final OptionSpec instances = Args.whole("N", "run N agents", "--instances");
    private final MannerOptions shown = new MannerOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Goes on with a job that was stopped, was canceled or has failed: runs the"
                                + " mini-batches that are left, those that failed included. Works"
                                + " from any folder. Of a job that has completed it prints the"
                                + " summary again.")
                .operands(job.operand())
                .options("What to change", code, python.option(), environment.option(), instances)
                .options("What it says", shown.all())
                .exitCodesOfJobs()
                .examples("windrow resume nightly --code ./src");
    }

    @Override
    public int run(Shell shell) {
        String name = job.name();
        Assembly assembly = new Assembly(shell.home(), shell.clock());
        Manner manner = shown.manner();
        if (assembly.catalog().find(name).row().status() == JobStatus.COMPLETED) {
            JobOutcome outcome = assembly.catalog().outcome(name);
            Execution.print(shell, outcome, manner.json());
            return ExitCode.of(outcome, false, manner.failOnError());
        }
        ResumeRequest request =
                new ResumeRequest(
                        name,
                        folder(),
                        python.asked(shell),
                        environment.asked(),
                        Args.whole(instances));
        return new Execution(shell, manner).run("resume", () -> assembly.resume(request));
    }

    private Optional<Path> folder() {
        Optional<Path> folder = Args.path(code).map(path -> path.toAbsolutePath().normalize());
        if (folder.isPresent() && !Files.isDirectory(folder.get())) {
            throw new UsageException(
                    "--code: %s (expected: a folder that exists)".formatted(folder.get()));
        }
        return folder;
    }
}
