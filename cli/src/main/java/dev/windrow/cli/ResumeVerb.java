package dev.windrow.cli;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobOutcome;
import dev.windrow.runtime.ResumeRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Goes on with a job. */
final class ResumeVerb implements Verb {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Given.command("resume").addPositional(Given.required(0, "NAME"));
        spec.addOption(Given.text("FOLDER", "--code"));
        spec.addOption(Given.text("EXE", "--python"));
        spec.addOption(Given.whole("N", "--instances"));
        Manner.options().forEach(spec::addOption);
        return spec;
    }

    @Override
    public int run(ParseResult given, Shell shell) {
        String name = Given.requiredPosition(given, 0);
        Assembly assembly = new Assembly(shell.home(), shell.clock());
        Manner manner = Manner.of(given);
        if (assembly.catalog().find(name).row().status() == JobStatus.COMPLETED) {
            JobOutcome outcome = assembly.catalog().outcome(name);
            Execution.print(shell, outcome, manner.json());
            return ExitCode.of(outcome, false, manner.failOnError());
        }
        ResumeRequest request =
                new ResumeRequest(
                        name, code(given), Python.asked(given, shell), JobOptions.instances(given));
        return new Execution(shell, manner).run("resume", () -> assembly.resume(request));
    }

    private static Optional<Path> code(ParseResult given) {
        Optional<Path> code =
                Given.text(given, "--code").map(text -> Path.of(text).toAbsolutePath().normalize());
        if (code.isPresent() && !Files.isDirectory(code.get())) {
            throw Given.wrong(
                    given, "--code: %s (expected: a folder that exists)".formatted(code.get()));
        }
        return code;
    }
}
