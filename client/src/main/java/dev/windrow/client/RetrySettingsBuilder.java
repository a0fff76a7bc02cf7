package dev.windrow.client;

import java.time.Duration;

/** Collects how often and how long a mini-batch is tried; checked when the job is built. */
public final class RetrySettingsBuilder {
    private final Fields fields = new Fields();

    RetrySettingsBuilder() {}

    /** Sets the retries after the first attempt, 0 or more; 2 unless set. */
    public RetrySettingsBuilder maxRetries(int retries) {
        fields.put("max_retries", retries);
        return this;
    }

    /** Binds the retries to a literal input, such as <code>${{inputs.retries}}</code>. */
    public RetrySettingsBuilder maxRetries(String binding) {
        fields.put("max_retries", binding);
        return this;
    }

    /** Sets the time for one {@code run()} call in whole seconds, 1 to 259200; 60 unless set. */
    public RetrySettingsBuilder timeout(int seconds) {
        fields.put("timeout", seconds);
        return this;
    }

    /** Sets the time for one {@code run()} call; parts of a second are a mistake. */
    public RetrySettingsBuilder timeout(Duration time) {
        boolean whole = time.equals(Duration.ofSeconds(time.toSeconds()));
        fields.put("timeout", whole ? time.toSeconds() : time.toString());
        return this;
    }

    /** Binds the time to a literal input, such as <code>${{inputs.seconds}}</code>. */
    public RetrySettingsBuilder timeout(String binding) {
        fields.put("timeout", binding);
        return this;
    }

    Fields fields() {
        return fields;
    }
}
