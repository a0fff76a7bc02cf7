package dev.windrow.client;

import java.util.List;

/**
 * What a server says about a job that was not submitted.
 *
 * @param valid whether a submit would take it
 * @param errors all mistakes
 * @param notices what does not stop it
 */
public record Validation(boolean valid, List<JobMistake> errors, List<JobNotice> notices) {
    /** Copies the lists. */
    public Validation {
        errors = Json.list(errors);
        notices = Json.list(notices);
    }
}
