package dev.windrow.cli;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** Writes a server's job as YAML. */
final class JobDumpVerb implements Verb {

    private final ServerJob job = ServerJob.withFile("where it is written", ServerJob.HERE);
    private final OptionSpec overwrite = Args.flag("replace a file that is there", "--overwrite");
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Writes a job as YAML that can be submitted again, with absolute paths; to"
                                + " standard output unless a file is named. The form is always"
                                + " YAML, so that -o concerns errors only.")
                .operands(job.operands())
                .options("Which job", job.and(overwrite))
                .options("Which server, and what is printed", server.withoutQuery())
                .examples("windrow job dump nightly again.yml");
    }

    @Override
    public int run(Shell shell) throws IOException {
        Optional<Path> file = job.file().map(Path::of);
        String yaml = server.jobs(shell).dump(job.name());
        if (file.isEmpty()) {
            shell.out(List.of(yaml.stripTrailing()));
            return ExitCode.COMPLETED;
        }
        write(file.get(), yaml);
        shell.err("written: " + file.get());
        return ExitCode.COMPLETED;
    }

    private void write(Path file, String yaml) throws IOException {
        try {
            if (Args.given(overwrite)) {
                Files.writeString(file, yaml);
            } else {
                Files.writeString(file, yaml, StandardOpenOption.CREATE_NEW);
            }
        } catch (FileAlreadyExistsException _) {
            throw new EngineException(
                    ErrorCode.JOB_CONFLICT,
                    "FILE: %s (expected: a file that is not there yet, or --overwrite)"
                            .formatted(file));
        }
    }
}
