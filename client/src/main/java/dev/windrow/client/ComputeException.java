package dev.windrow.client;

import dev.windrow.model.compute.BrokenRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A compute cannot be had, attached, used or taken away as was asked. */
public final class ComputeException extends WindrowException {
    private static final long serialVersionUID = 1L;

    private static final int NOT_ALLOWED = 405;

    private final Kind kind;
    private final transient List<JobMistake> mistakes;

    /** What kind of trouble it is. */
    public enum Kind {
        NOT_FOUND,
        /** What was given breaks a rule, or cannot be had on this server. */
        INVALID,
        /** The compute is in a state that does not allow it now. */
        CONFLICT,
        /** It is never done. */
        NOT_SUPPORTED,
        /** An operation has ended, and not well. */
        FAILED,
        /** An operation had not ended when the time was over. */
        TIMED_OUT
    }

    ComputeException(Kind kind, String code, String message) {
        this(kind, code, message, List.of());
    }

    private ComputeException(Kind kind, String code, String message, List<JobMistake> mistakes) {
        super(code, message);
        this.kind = kind;
        this.mistakes = List.copyOf(mistakes);
    }

    private ComputeException(
            Kind kind, WindrowException told, List<JobMistake> mistakes, String message) {
        super(told.code(), message, told);
        this.kind = kind;
        this.mistakes = List.copyOf(mistakes);
    }

    /** Gives the same trouble as one of a compute, when it is one. */
    static WindrowException of(WindrowException told) {
        String message = String.valueOf(told.getMessage());
        return switch (told) {
            case NotFoundException e -> new ComputeException(Kind.NOT_FOUND, e, List.of(), message);
            case ConflictException e -> new ComputeException(Kind.CONFLICT, e, List.of(), message);
            case ValidationException e ->
                    new ComputeException(Kind.INVALID, e, e.mistakes(), message);
            case UnauthorizedException e -> e;
            case ServerException e when e.status() == NOT_ALLOWED ->
                    new ComputeException(Kind.NOT_SUPPORTED, e, List.of(), message);
            case ServerException e -> e;
            case NoServerException e -> e;
            case JobFailedException e -> e;
            case InterruptedCallException e -> e;
            case ComputeException e -> e;
        };
    }

    static ComputeException ofRules(List<BrokenRule> broken) {
        List<JobMistake> mistakes =
                broken.stream()
                        .map(one ->
                                new JobMistake(
                                        code(one.kind()),
                                        one.message(),
                                        Optional.of(one.path()),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(one.value()),
                                        Optional.of(one.rule())))
                        .toList();
        return ofMistakes(mistakes);
    }

    static ComputeException ofMistakes(List<JobMistake> mistakes) {
        String message =
                mistakes.stream().map(JobMistake::message).collect(Collectors.joining("\n"));
        return new ComputeException(Kind.INVALID, "INVALID_COMPUTE", message, mistakes);
    }

    private static String code(BrokenRule.Kind kind) {
        return switch (kind) {
            case MISSING -> "MISSING_FIELD";
            case INVALID -> "INVALID_VALUE";
            case CONFLICT -> "CONFLICT";
        };
    }

    /** Gives what kind of trouble it is. */
    public Kind kind() {
        return kind;
    }

    /** Gives all mistakes in what was given; none for other kinds of trouble. */
    public List<JobMistake> mistakes() {
        return mistakes;
    }
}
