package dev.windrow.cli;

import dev.windrow.cli.view.MiniBatchText;
import dev.windrow.client.JobClient;
import dev.windrow.client.MiniBatch;
import dev.windrow.client.MiniBatchRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Lists the mini-batches of a server's job, or shows one of them. */
final class JobMiniBatchesVerb implements Verb {

    private static final List<String> STATES = List.of("all", "succeeded", "failed");

    private final ServerJob job = ServerJob.only();
    private final OptionSpec state =
            Args.valued(String.class, "STATE", "all, succeeded or failed", "--state")
                    .converters(JobMiniBatchesVerb::state)
                    .completionCandidates(STATES)
                    .build();
    private final OptionSpec index =
            Args.valued(
                            Integer.class,
                            "N",
                            "only this one, with its items and tracebacks",
                            "--index")
                    .converters(JobMiniBatchesVerb::index)
                    .build();
    private final Most most = new Most();
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of("Lists mini-batches that have ended, by index, or shows one of them.")
                .operands(job.operands())
                .options("Which job and mini-batches", job.and(state, index))
                .options("How many", most.all())
                .options("Which server, and what is printed", server.all())
                .examples(
                        "windrow job mini-batches nightly --state failed",
                        "windrow job mini-batches nightly --index 7");
    }

    private static String state(String text) {
        if (!STATES.contains(text)) {
            throw new TypeConversionException("one of " + String.join(", ", STATES));
        }
        return text;
    }

    private static Integer index(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw new TypeConversionException("a whole number >= 0");
    }

    @Override
    public int run(Shell shell) throws IOException {
        String name = job.name();
        Optional<Integer> one = Optional.ofNullable(index.getValue());
        if (one.isPresent() && Args.text(state).isPresent()) {
            throw new UsageException("--state: given (expected: none beside --index)");
        }
        JobClient jobs = server.jobs(shell);
        shell.out(one.isPresent() ? show(jobs, name, one.get(), shell) : list(jobs, name, shell));
        return ExitCode.COMPLETED;
    }

    private List<String> show(JobClient jobs, String name, int number, Shell shell) {
        MiniBatch one = jobs.miniBatch(name, number);
        return server.form(shell)
                .one(
                        MiniBatchText.document(one),
                        MiniBatchText.lines(one),
                        List.of(
                                Integer.toString(one.index()),
                                one.state().toString(),
                                Long.toString(one.items())));
    }

    private List<String> list(JobClient jobs, String name, Shell shell) {
        List<MiniBatchRow> found = most.of(asked(jobs, name), shell);
        List<List<String>> rows = found.stream().map(MiniBatchText::row).toList();
        List<List<String>> table = new ArrayList<>();
        table.add(MiniBatchText.HEADS);
        table.addAll(rows);
        return server.form(shell)
                .many(
                        found.stream().map(MiniBatchText::document).toList(),
                        rows.isEmpty() ? List.of() : Columns.of(table),
                        rows);
    }

    private Stream<MiniBatchRow> asked(JobClient jobs, String name) {
        String which = Args.text(state).orElse("all");
        if (which.equals("failed")) {
            return jobs.failedMiniBatches(name);
        }
        return jobs.miniBatches(name)
                .filter(row -> which.equals("all") || row.state() == MiniBatch.State.SUCCEEDED);
    }
}
