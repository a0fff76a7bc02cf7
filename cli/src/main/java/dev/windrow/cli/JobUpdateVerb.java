package dev.windrow.cli;

import dev.windrow.cli.view.JobDocument;
import dev.windrow.client.JobSnapshot;
import dev.windrow.client.JobUpdate;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Changes what is written on a server's job. */
final class JobUpdateVerb implements Verb {

    private static final String TAGS = "tags.";
    private static final String PROPERTIES = "properties.";

    private final ServerJob job = ServerJob.only();
    private final OptionSpec set =
            Args.texts(
                    "path=value",
                    "tags.KEY=..., display_name=... or description=...; repeatable",
                    "--set");
    private final OptionSpec add =
            Args.texts(
                    "path=value",
                    "properties.KEY=..., which can be added and never changed; repeatable",
                    "--add");
    private final OptionSpec remove =
            Args.texts("path", "tags.KEY, display_name or description; repeatable", "--remove");
    private final ServerOptions server = new ServerOptions();

    /** A path and its value. */
    private record Change(String path, String value) {}

    @Override
    public Page describe() {
        return Page.of("Changes tags and texts of a job, and adds properties.")
                .operands(job.operands())
                .options("Which job", job.and())
                .options("What to change", set, add, remove)
                .options("Which server, and what is printed", server.all())
                .examples("windrow job update nightly --set tags.owner=ada --remove tags.draft");
    }

    @Override
    public int run(Shell shell) throws IOException {
        JobUpdate update = update();
        JobSnapshot now = server.jobs(shell).update(job.name(), update).snapshot();
        shell.out(
                server.form(shell)
                        .one(
                                JobDocument.of(now),
                                List.of("updated  " + now.name()),
                                JobDocument.row(now)));
        return ExitCode.COMPLETED;
    }

    private JobUpdate update() {
        List<String> sets = Args.texts(set);
        List<String> adds = Args.texts(add);
        List<String> removes = Args.texts(remove);
        if (sets.isEmpty() && adds.isEmpty() && removes.isEmpty()) {
            throw new UsageException(
                    "--set: missing (expected: a change by --set, --add or --remove)");
        }
        JobUpdate update = JobUpdate.none();
        for (String text : sets) {
            update = set(update, change("--set", text));
        }
        for (String text : adds) {
            Change one = change("--add", text);
            if (key(one.path(), PROPERTIES).isEmpty()) {
                throw new UsageException(
                        "--add: %s (expected: properties.KEY=VALUE)".formatted(text));
            }
            update = update.property(key(one.path(), PROPERTIES), one.value());
        }
        for (String path : removes) {
            update = remove(update, path);
        }
        return update;
    }

    private static JobUpdate set(JobUpdate update, Change one) {
        if (one.path().equals("display_name")) {
            return update.displayName(one.value());
        }
        if (one.path().equals("description")) {
            return update.description(one.value());
        }
        String tag = key(one.path(), TAGS);
        if (tag.isEmpty()) {
            String hint = one.path().startsWith(PROPERTIES) ? ", and properties by --add" : "";
            throw new UsageException(
                    "--set: %s (expected: tags.KEY, display_name or description%s)"
                            .formatted(one.path(), hint));
        }
        return update.tag(tag, one.value());
    }

    private static JobUpdate remove(JobUpdate update, String path) {
        if (path.equals("display_name")) {
            return update.withoutDisplayName();
        }
        if (path.equals("description")) {
            return update.withoutDescription();
        }
        String tag = key(path, TAGS);
        if (tag.isEmpty()) {
            throw new UsageException(
                    "--remove: %s (expected: tags.KEY, display_name or description)"
                            .formatted(path));
        }
        return update.withoutTag(tag);
    }

    /** What follows the beginning; empty when it does not begin so. */
    private static String key(String path, String beginning) {
        return path.startsWith(beginning) ? path.substring(beginning.length()) : "";
    }

    private static Change change(String option, String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new UsageException("%s: %s (expected: path=value)".formatted(option, text));
        }
        return new Change(text.substring(0, equals), text.substring(equals + 1));
    }
}
