package dev.windrow.cli;

import dev.windrow.disk.OwnersFile;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** Makes a token by which agents on other machines join a job's fleet. */
final class JobAgentTokenVerb implements Verb {

    private final ServerJob job = ServerJob.only();
    private final OptionSpec saveAs =
            Args.path("FILE", "write it to a new file that only you can read", "--save-as");
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Makes a token by which windrow agent joins the fleet of a job that has not"
                                + " ended. It opens nothing else, and ends with the job, or after a"
                                + " day when no agent uses it.")
                .operands(job.operands())
                .options("Which job", job.and(saveAs))
                .options("Which server, and what is printed", server.all())
                .examples("windrow job agent-token nightly --save-as token");
    }

    @Override
    public int run(Shell shell) throws IOException {
        String token = server.jobs(shell).agentToken(job.name());
        Optional<Path> file = Args.path(saveAs);
        if (file.isPresent()) {
            save(file.get(), token);
            shell.err("written: " + file.get());
            return ExitCode.COMPLETED;
        }
        shell.out(server.form(shell).one(Map.of("token", token), List.of(token), List.of(token)));
        return ExitCode.COMPLETED;
    }

    private static void save(Path file, String token) throws IOException {
        try {
            OwnersFile.create(file, (token + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (FileAlreadyExistsException _) {
            throw new EngineException(
                    ErrorCode.JOB_CONFLICT,
                    "--save-as: %s (expected: a file that is not there yet)".formatted(file));
        }
    }
}
