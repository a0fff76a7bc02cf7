package dev.windrow.runtime.ship;

/** A piece of a log that breaks a rule. */
public final class LogRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String value;
    private final String rule;

    LogRefusal(String field, String value, String rule) {
        super("%s: %s (expected: %s)".formatted(field, value, rule), null, false, false);
        this.field = field;
        this.value = value;
        this.rule = rule;
    }

    public String field() {
        return field;
    }

    public String value() {
        return value;
    }

    public String rule() {
        return rule;
    }
}
