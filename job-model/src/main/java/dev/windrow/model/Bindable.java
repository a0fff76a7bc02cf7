package dev.windrow.model;

import java.util.function.Function;

/** A setting that is either given as a value or bound to a literal input of the job. */
public sealed interface Bindable<T> {
    /** A setting given as a value. */
    record Given<T>(T value) implements Bindable<T> {}

    /** A setting bound by <code>${{inputs.NAME}}</code>; {@code input} is the name alone. */
    record Bound<T>(String input) implements Bindable<T> {
        /** Rejects a blank name. */
        public Bound {
            Rules.notBlank("inputs", input);
        }
    }

    /** Wraps a value. */
    static <T> Bindable<T> of(T value) {
        return new Given<>(value);
    }

    /** Binds to the literal input of that name. */
    static <T> Bindable<T> to(String input) {
        return new Bound<>(input);
    }

    /** Gives the value, asking {@code resolver} by the input's name when it is bound. */
    default T resolve(Function<String, T> resolver) {
        return switch (this) {
            case Given<T>(T value) -> value;
            case Bound<T>(String input) -> resolver.apply(input);
        };
    }
}
