package dev.windrow.data.place;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the expressions {@code ${{name}}} and {@code ${{output_name}}} stand for.
 *
 * @param job name of the step's job
 * @param output name of the output in the job
 */
public record OutputNames(String job, String output) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*(.*?)\\s*}}");

    public OutputNames {
        check("name", job);
        check("output_name", output);
    }

    /** Replaces the documented expressions; any other is refused by name. */
    String expand(String field, String value) {
        return EXPRESSION
                .matcher(value)
                .replaceAll(found -> Matcher.quoteReplacement(value(field, found.group(1))));
    }

    private String value(String field, String expression) {
        return switch (expression) {
            case "name" -> job;
            case "output_name" -> output;
            case "default_datastore" -> Places.DEFAULT_DATASTORE;
            default ->
                    throw DataException.of(
                            DataError.PATH_REFUSED,
                            field,
                            "${{" + expression + "}}",
                            "${{name}}, ${{output_name}} or ${{default_datastore}}");
        };
    }

    private static void check(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw DataException.of(DataError.PATH_REFUSED, what, name, NAME.pattern());
        }
    }
}
