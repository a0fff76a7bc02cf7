package dev.windrow.cli;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.model.ParallelJob;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobCatalog;
import dev.windrow.spec.JobWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes a job as YAML; its relative paths start from where it is written. */
final class DumpVerb implements Verb {

    private final NamedJob job = NamedJob.first();
    private final PositionalParamSpec target =
            Args.maybeOperand(1, "FILE", File.class).description("where to write it").build();
    private final OptionSpec overwrite = Args.flag("replace a file that is there", "--overwrite");

    @Override
    public Page describe() {
        return Page.of(
                        "Writes a job as YAML, with what the command line had changed; to standard"
                                + " output unless a file is named. Relative paths start from where"
                                + " it is written.")
                .operands(job.operand(), target)
                .options("How it is written", overwrite)
                .examples("windrow dump nightly again.yml");
    }

    @Override
    public int run(Shell shell) throws IOException {
        String name = job.name();
        JobCatalog catalog = new Assembly(shell.home(), shell.clock()).catalog();
        Optional<Path> file = Args.path(target);
        if (file.isEmpty()) {
            ParallelJob written = catalog.submitted(name, Path.of("").toAbsolutePath().normalize());
            shell.out(List.of(JobWriter.yaml(written).stripTrailing()));
            return ExitCode.COMPLETED;
        }
        Path place = file.get().toAbsolutePath().normalize();
        Path folder = Objects.requireNonNullElse(place.getParent(), place);
        write(catalog.submitted(name, folder), folder, place, Args.given(overwrite));
        shell.err("written: " + place);
        return ExitCode.COMPLETED;
    }

    private static void write(ParallelJob job, Path folder, Path target, boolean overwrite)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            throw refused("%s (expected: a file in a folder that exists)".formatted(target));
        }
        if (Files.isDirectory(target)) {
            throw refused("%s (expected: a file, not a folder)".formatted(target));
        }
        try {
            JobWriter.dump(job, folder, target, overwrite);
        } catch (FileAlreadyExistsException _) {
            throw refused(
                    "%s (expected: a file that is not there yet, or --overwrite)"
                            .formatted(target));
        }
    }

    private static EngineException refused(String what) {
        return new EngineException(ErrorCode.JOB_CONFLICT, "FILE: " + what);
    }
}
