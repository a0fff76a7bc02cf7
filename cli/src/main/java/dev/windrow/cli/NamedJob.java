package dev.windrow.cli;

import java.util.List;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The operand that names a job there is.
 *
 * @param operand the first one
 */
record NamedJob(PositionalParamSpec operand) {

    /**
     * What bash is to ask for names each time. The library writes a candidate between double
     * quotes; those of this one end and begin them again, so that each name is a word.
     */
    private static final String NAMES =
            "\"$(ls -1 \"${WINDROW_HOME:-$HOME/.windrow}/jobs\" 2>/dev/null)\"";

    static NamedJob first() {
        return new NamedJob(
                Args.operand(0, "NAME", String.class)
                        .description("the job's name")
                        .completionCandidates(List.of(NAMES))
                        .build());
    }

    String name() {
        return Args.text(operand).orElseThrow();
    }
}
