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

    List<OptionSpec> all() {
        return List.of(form);
    }

    private static Form read(String text) {
        return Form.of(text).orElseThrow(() -> new TypeConversionException("one of " + Form.NAMES));
    }

    /** The form that was asked for. */
    Optional<Form> asked() {
        return Optional.ofNullable(form.getValue());
    }

    /** The form to print in. */
    Form of(Shell shell) {
        return asked().orElse(shell.liveOut() ? Form.TABLE : Form.JSON);
    }
}
