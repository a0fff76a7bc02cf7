package dev.windrow.cli;

import dev.windrow.cli.view.Form;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** In which form results are printed. */
final class FormOption {

    private final OptionSpec form =
            Args.valued(
                            Form.class,
                            "FORM",
                            Form.NAMES + " (default: table on a terminal, else json)",
                            "-o",
                            "--output")
                    .converters(FormOption::read)
                    .completionCandidates(List.of("json", "table", "yaml", "tsv"))
                    .build();

    private final OptionSpec query =
            Args.valued(
                            Query.class,
                            "EXPR",
                            "only what this JMESPath expression gives of it, such as '[].name'",
                            "--query")
                    .converters(Query::of)
                    .build();

    List<OptionSpec> all() {
        return List.of(form, query);
    }

    /** Those of a verb that prints a text and no documents. */
    List<OptionSpec> withoutQuery() {
        return List.of(form);
    }

    /** Whether only a part of the result is asked for. */
    boolean queries() {
        return query.getValue() != null;
    }

    private static Form read(String text) {
        return Form.of(text).orElseThrow(() -> new TypeConversionException("one of " + Form.NAMES));
    }

    /** The form that was asked for. */
    Optional<Form> asked() {
        return Optional.ofNullable(form.getValue());
    }

    /** How to print. */
    Printing of(Shell shell) {
        return of(shell.liveOut() ? Form.TABLE : Form.JSON);
    }

    /** How to print when no form is asked for. */
    Printing of(Form usual) {
        return new Printing(asked().orElse(usual), Optional.ofNullable(query.getValue()));
    }
}
