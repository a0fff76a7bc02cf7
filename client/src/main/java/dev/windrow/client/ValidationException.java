package dev.windrow.client;

import dev.windrow.spec.InvalidJobException;
import java.util.List;
import java.util.stream.Collectors;

/** What was sent is not valid; holds every mistake that was found. */
public final class ValidationException extends WindrowException {
    private static final long serialVersionUID = 1L;

    private final transient List<JobMistake> mistakes;

    ValidationException(String code, String message, List<JobMistake> mistakes) {
        super(code, message);
        this.mistakes = List.copyOf(mistakes);
    }

    static ValidationException of(InvalidJobException invalid) {
        List<JobMistake> mistakes = invalid.mistakes().stream().map(JobMistake::of).toList();
        return new ValidationException("INVALID_JOB_SPEC", lines(mistakes), mistakes);
    }

    static String lines(List<JobMistake> mistakes) {
        return mistakes.stream().map(JobMistake::toString).collect(Collectors.joining("\n"));
    }

    /** Gives all mistakes, at least one. */
    public List<JobMistake> mistakes() {
        return mistakes;
    }
}
