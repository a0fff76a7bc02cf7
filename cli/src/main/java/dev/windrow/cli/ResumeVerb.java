package dev.windrow.cli;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobOutcome;
import dev.windrow.runtime.ResumeRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Goes on with a job. */
final class ResumeVerb implements Verb {

    @Override
    public Syntax syntax() {
        return Manner.add(
                Syntax.empty()
                        .required("NAME")
                        .value("FOLDER", "--code")
                        .value("EXE", "--python")
                        .value("N", "--instances"));
    }

    @Override
    public int run(Given given, Shell shell) {
        String name = given.word(0);
        Assembly assembly = new Assembly(shell.home(), shell.clock());
        Manner manner = Manner.of(given);
        if (assembly.catalog().find(name).row().status() == JobStatus.COMPLETED) {
            JobOutcome outcome = assembly.catalog().outcome(name);
            Execution.print(shell, outcome, manner.json());
            return ExitCode.of(outcome, false, manner.failOnError());
        }
        ResumeRequest request =
                new ResumeRequest(
                        name, code(given), Python.asked(given, shell), given.whole("--instances"));
        return new Execution(shell, manner).run("resume", () -> assembly.resume(request));
    }

    private static Optional<Path> code(Given given) {
        Optional<Path> code =
                given.text("--code").map(text -> Path.of(text).toAbsolutePath().normalize());
        if (code.isPresent() && !Files.isDirectory(code.get())) {
            throw new UsageException(
                    "--code: %s (expected: a folder that exists)".formatted(code.get()));
        }
        return code;
    }
}
