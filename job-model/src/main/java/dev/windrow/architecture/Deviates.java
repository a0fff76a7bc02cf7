package dev.windrow.architecture;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says that a class departs from one of the architecture rules, and why it may. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Deviates {

    /** The rule that does not hold here. */
    Rule rule();

    /** Why; a sentence. */
    String reason();

    /** The rules that can be departed from. */
    enum Rule {
        /** Threads are attached in the composition root only. */
        THREADS,
        /** Time comes from outside. */
        TIME,
        /** SQL stays in the job store. */
        SQL
    }
}
