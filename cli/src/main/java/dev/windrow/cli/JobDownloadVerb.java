package dev.windrow.cli;

import dev.windrow.cli.view.Words;
import dev.windrow.client.DownloadOptions;
import dev.windrow.client.Downloaded;
import dev.windrow.client.JobClient;
import dev.windrow.client.JobOutput;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** Brings what a server's job has made to this machine. */
final class JobDownloadVerb implements Verb {

    private static final String OUTPUTS = "named-outputs";

    private final ServerJob job = ServerJob.only();
    private final OptionSpec output = Args.text("NAME", "this output alone", "--output-name");
    private final OptionSpec all = Args.flag("all outputs and the logs, as without it", "--all");
    private final OptionSpec place =
            Args.path("FOLDER", "where to (default: here)", "-p", "--download-path");
    private final OptionSpec overwrite = Args.flag("replace files that are there", "--overwrite");
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Brings files of an ended job here: logs into the folder artifacts, outputs"
                                + " into named-outputs/NAME.")
                .operands(job.operands())
                .options("Which job and files", job.and(output, all, place, overwrite))
                .options("Which server, and what is printed", server.all())
                .examples("windrow job download nightly -p ./nightly");
    }

    @Override
    public int run(Shell shell) throws IOException {
        String name = job.name();
        Optional<String> one = Args.text(output);
        if (one.isPresent() && Args.given(all)) {
            throw new UsageException("--output-name: given (expected: none beside --all)");
        }
        Path folder = Args.path(place).orElse(Path.of("")).toAbsolutePath().normalize();
        JobClient jobs = server.jobs(shell);
        if (!Args.given(overwrite)) {
            for (Path target : targets(jobs, name, folder)) {
                refuseIfThere(target);
            }
        }
        Downloaded done = jobs.download(name, folder, new DownloadOptions(one, one.isEmpty()));
        print(done, shell);
        return ExitCode.COMPLETED;
    }

    private List<Path> targets(JobClient jobs, String name, Path folder) {
        Optional<String> one = Args.text(output);
        List<Path> targets = new ArrayList<>();
        if (one.isEmpty()) {
            targets.add(folder.resolve("artifacts"));
        }
        Path outputs = folder.resolve(OUTPUTS);
        if (one.isEmpty()) {
            jobs.outputs(name).stream()
                    .filter(JobOutput::ready)
                    .forEach(each -> targets.add(outputs.resolve(each.name())));
        }
        one.ifPresent(each -> targets.add(outputs.resolve(each)));
        return targets;
    }

    private static void refuseIfThere(Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !isEmptyFolder(target)) {
            throw new EngineException(
                    ErrorCode.JOB_CONFLICT,
                    "--download-path: %s is there (expected: nothing there or an empty folder, or --overwrite)"
                            .formatted(target));
        }
    }

    private static boolean isEmptyFolder(Path target) throws IOException {
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (var entries = Files.newDirectoryStream(target)) {
            return !entries.iterator().hasNext();
        }
    }

    private void print(Downloaded done, Shell shell) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("folder", done.folder().toString());
        document.put("files", done.files());
        document.put("bytes", done.bytes());
        String line =
                "%s, %s, in %s"
                        .formatted(
                                Words.count(done.files(), "file", "files"),
                                Words.bytes(done.bytes()),
                                done.folder());
        shell.out(
                server.form(shell)
                        .one(
                                document,
                                List.of(line),
                                document.values().stream().map(Object::toString).toList()));
    }
}
