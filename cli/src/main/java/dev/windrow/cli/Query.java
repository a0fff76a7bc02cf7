package dev.windrow.cli;

import io.burt.jmespath.Expression;
import io.burt.jmespath.JmesPathException;
import io.burt.jmespath.jcf.JcfRuntime;
import io.burt.jmespath.parser.ParseError;
import io.burt.jmespath.parser.ParseException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/** A JMESPath expression over what a verb would print. */
final class Query {

    private final String written;
    private final Expression<Object> expression;

    private Query(String written, Expression<Object> expression) {
        this.written = written;
        this.expression = expression;
    }

    /** Reads one; what is wrong with it is told with its place, counted from 1. */
    static Query of(String text) {
        try {
            return new Query(text, new JcfRuntime().compile(text));
        } catch (ParseException e) {
            throw new TypeConversionException("a JMESPath expression; " + first(e));
        } catch (JmesPathException | IllegalArgumentException e) {
            throw new TypeConversionException(
                    "a JMESPath expression; %s at position 1".formatted(e.getMessage()));
        }
    }

    private static String first(ParseException e) {
        Iterator<ParseError> errors = e.iterator();
        if (!errors.hasNext()) {
            return "wrong at position 1";
        }
        ParseError error = errors.next();
        return "%s at position %d".formatted(error.message(), error.position() + 1);
    }

    /**
     * What it gives of a document.
     *
     * @throws UsageException when a function in it is given what it does not take
     */
    @Nullable Object of(Object document) {
        try {
            return expression.search(document);
        } catch (JmesPathException | IllegalArgumentException e) {
            throw new UsageException(
                    "--query: %s (expected: one that fits the result; %s)"
                            .formatted(written, e.getMessage()));
        }
    }
}
