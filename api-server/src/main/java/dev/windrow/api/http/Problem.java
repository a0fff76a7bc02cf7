package dev.windrow.api.http;

import dev.windrow.spec.Mistake;
import dev.windrow.spec.MistakeCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Refuses a request: becomes a problem document (RFC 9457).
 *
 * <p>Thrown by whoever finds the fault; carries no stack trace, since a client caused it.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Optional<Field> field;
    private final transient List<Mistake> mistakes;
    private final transient Map<String, String> headers;

    /** What is wrong with which part of a request. */
    public record Field(String path, String value, String rule) {}

    private Problem(
            int status,
            String code,
            String detail,
            Optional<Field> field,
            List<Mistake> mistakes,
            Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.field = field;
        this.mistakes = List.copyOf(mistakes);
        this.headers = Map.copyOf(headers);
    }

    /** A refusal in words. */
    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, Optional.empty(), List.of(), Map.of());
    }

    /** A value that breaks a rule. */
    public static Problem invalid(String path, String value, String rule) {
        String shown = Texts.shown(value);
        return new Problem(
                400,
                "INVALID_REQUEST",
                "%s: %s (expected: %s)".formatted(path, shown, rule),
                Optional.of(new Field(path, shown, rule)),
                List.of(),
                Map.of());
    }

    /** A job with mistakes. */
    public static Problem ofMistakes(List<Mistake> mistakes) {
        boolean secrets =
                !mistakes.isEmpty()
                        && mistakes.stream()
                                .allMatch(one -> one.code() == MistakeCode.UNKNOWN_SECRET);
        return secrets
                // There is nothing wrong with the job itself.
                ? ofMistakes(422, "UNKNOWN_SECRET", "the job", mistakes)
                : ofMistakes(400, "INVALID_JOB_SPEC", "the job", mistakes);
    }

    /**
     * Something with mistakes.
     *
     * @param what it is, as in "the job"
     */
    public static Problem ofMistakes(int status, String code, String what, List<Mistake> mistakes) {
        String first = mistakes.isEmpty() ? "" : ": " + mistakes.getFirst().message();
        String more = mistakes.size() > 1 ? " (and %d more)".formatted(mistakes.size() - 1) : "";
        return new Problem(
                status,
                code,
                what + " has mistakes" + first + more,
                Optional.empty(),
                mistakes,
                Map.of());
    }

    /** The same with a header of the answer. */
    public Problem with(String header, String value) {
        return new Problem(
                status, code, String.valueOf(getMessage()), field, mistakes, Map.of(header, value));
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public Optional<Field> field() {
        return field;
    }

    public List<Mistake> mistakes() {
        return mistakes;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
