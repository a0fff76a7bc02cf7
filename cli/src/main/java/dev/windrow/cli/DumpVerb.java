package dev.windrow.cli;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.model.ParallelJob;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobCatalog;
import dev.windrow.spec.JobWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Writes a job as YAML; its relative paths start from where it is written. */
final class DumpVerb implements Verb {

    @Override
    public Syntax syntax() {
        return Syntax.empty().required("NAME").optional("FILE").flag("--overwrite");
    }

    @Override
    public int run(Given given, Shell shell) throws IOException {
        String name = given.word(0);
        JobCatalog catalog = new Assembly(shell.home(), shell.clock()).catalog();
        Optional<String> file = given.maybeWord(1);
        if (file.isEmpty()) {
            ParallelJob job = catalog.submitted(name, Path.of("").toAbsolutePath().normalize());
            shell.out(List.of(JobWriter.yaml(job).stripTrailing()));
            return ExitCode.COMPLETED;
        }
        Path target = Path.of(file.get()).toAbsolutePath().normalize();
        Path folder = Objects.requireNonNullElse(target.getParent(), target);
        write(catalog.submitted(name, folder), folder, target, given.has("--overwrite"));
        shell.err("written: " + target);
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
