package dev.windrow.client;

import dev.windrow.client.Documents.Problem;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Makes exceptions of answers that tell of a problem. */
final class Problems {
    private static final int CONFLICT = 409;

    private Problems() {}

    static WindrowException of(int status, HttpHeaders headers, byte[] body) {
        return problem(headers, body)
                .map(problem -> of(status, problem))
                .orElseGet(() -> unexplained(status));
    }

    /** Gives how long the server asks to wait; a date instead of seconds is not looked at. */
    static Duration retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }

    static String contentType(HttpHeaders headers) {
        String value = headers.firstValue("Content-Type").orElse("");
        int end = value.indexOf(';');
        return (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static Optional<Problem> problem(HttpHeaders headers, byte[] body) {
        if (!contentType(headers).equals("application/problem+json")) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Json.read(body, Problem.class));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    private static WindrowException of(int status, Problem problem) {
        return switch (status) {
            case 400, 413, 415, 422 ->
                    new ValidationException(
                            problem.code(),
                            problem.errors().isEmpty()
                                    ? problem.detail()
                                    : ValidationException.lines(problem.errors()),
                            problem.mistakes());
            case 401, 403 -> new UnauthorizedException(problem.code(), problem.detail());
            case 404, 410 -> new NotFoundException(problem.code(), problem.detail());
            case CONFLICT -> new ConflictException(problem.code(), problem.detail());
            default -> new ServerException(problem.code(), problem.detail(), status);
        };
    }

    /** Something other than a server of ours has answered, such as a proxy. */
    private static WindrowException unexplained(int status) {
        String message = "status: %d without a problem document".formatted(status);
        return switch (status) {
            case 401, 403 -> new UnauthorizedException("HTTP_" + status, message);
            default -> new ServerException("HTTP_" + status, message, status);
        };
    }
}
