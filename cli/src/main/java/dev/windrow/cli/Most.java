package dev.windrow.cli;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/** How many entries of a long list are shown. */
final class Most {

    private static final int USUAL = 50;

    private final OptionSpec most =
            Args.whole("N", "at most so many (default " + USUAL + ")", "-r", "--max-results");
    private final OptionSpec everything = Args.flag("all there are", "--all-results");

    List<OptionSpec> all() {
        return List.of(most, everything);
    }

    /** The first of them; says on standard error when there are more. */
    <T> List<T> of(Stream<T> entries, Shell shell) {
        if (Args.given(everything)) {
            if (Args.whole(most).isPresent()) {
                throw new UsageException("--all-results: given (expected: no --max-results)");
            }
            return entries.toList();
        }
        int count = Args.whole(most).orElse(USUAL);
        List<T> first = entries.limit(count + 1L).toList();
        if (first.size() > count) {
            shell.err("only the first %d; all: --all-results".formatted(count));
            return first.subList(0, count);
        }
        return first;
    }
}
