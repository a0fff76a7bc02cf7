package dev.windrow.client;

import dev.windrow.spec.Mistake;
import java.util.Objects;
import java.util.Optional;

/**
 * One mistake in a job or a request, as a server tells it.
 *
 * @param code stable, for programs; a server may have codes that this client does not know
 * @param message field, value and rule in one sentence
 * @param path dotted path of the field
 * @param line counts from 1
 * @param column counts from 1
 * @param value what was found
 * @param rule what was expected
 */
public record JobMistake(
        String code,
        String message,
        Optional<String> path,
        Optional<Integer> line,
        Optional<Integer> column,
        Optional<String> value,
        Optional<String> rule) {
    /** Insists on what every mistake has. */
    public JobMistake {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }

    static JobMistake of(Mistake mistake) {
        return new JobMistake(
                mistake.code().name(),
                mistake.message(),
                Optional.of(mistake.path()).filter(path -> !path.isEmpty()),
                Optional.of(mistake.line()).filter(line -> line > 0),
                Optional.of(mistake.column()).filter(column -> column > 0),
                Optional.of(mistake.value()),
                Optional.of(mistake.rule()));
    }

    /** Gives the message after its line and column, if it has any. */
    @Override
    public String toString() {
        return line.map(number -> number + ":" + column.orElse(1) + " " + message).orElse(message);
    }
}
