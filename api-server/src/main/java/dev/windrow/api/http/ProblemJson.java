package dev.windrow.api.http;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.runtime.host.HostRefusal;
import dev.windrow.spec.InvalidJobException;
import dev.windrow.spec.Mistake;
import dev.windrow.spec.compute.InvalidComputeException;
import java.util.concurrent.RejectedExecutionException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns whatever goes wrong into a problem document. */
public final class ProblemJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ProblemJson() {}

    /** The refusal that a failure amounts to; faults of the server say nothing of its inside. */
    public static Problem of(Throwable failure) {
        return switch (failure) {
            case Problem problem -> problem;
            case RejectedExecutionException _ -> tooBusy();
            case InvalidJobException invalid -> Problem.ofMistakes(invalid.mistakes());
            case InvalidComputeException invalid ->
                    Problem.ofMistakes(400, "INVALID_COMPUTE", "the compute", invalid.mistakes());
            case HostRefusal refused ->
                    Problem.of(
                            status(refused.because()),
                            refused.code(),
                            String.valueOf(refused.getMessage()));
            case EngineException known ->
                    Problem.of(
                            status(known.code()),
                            known.code().name(),
                            String.valueOf(known.getMessage()));
            default -> Problem.of(500, "INTERNAL", "the server failed; its log says why");
        };
    }

    /** More is asked at one time than the server takes on. */
    static Problem tooBusy() {
        return Problem.of(503, "TOO_BUSY", "too many requests at one time; try again")
                .with("Retry-After", "1");
    }

    private static int status(HostRefusal.Because because) {
        return switch (because) {
            case INVALID -> 400;
            case NOT_FOUND -> 404;
            case NEVER -> 405;
            case CONFLICT -> 409;
            case UNUSABLE -> 422;
            case BUSY -> 429;
        };
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case JOB_NOT_FOUND -> 404;
            case JOB_CONFLICT, JOB_OWNED_ELSEWHERE, JOB_ENDED -> 409;
            case TOO_MANY_JOBS -> 429;
            case INVALID_JOB_SPEC, INPUT_UNREADABLE, OUTPUT_UNWRITABLE -> 400;
            case LEDGER_UNAVAILABLE, DISK_FULL -> 503;
            case SCRIPT_LOAD_FAILED,
                    INIT_FAILED,
                    INIT_TIMEOUT,
                    ITEM_THRESHOLD_EXCEEDED,
                    MINI_BATCH_THRESHOLD_EXCEEDED,
                    PERCENT_THRESHOLD_EXCEEDED,
                    NO_RESULT_TO_APPEND,
                    NO_PROGRESS,
                    FIRST_MINI_BATCH_TIMEOUT,
                    CANCELED,
                    NO_PYTHON,
                    ENVIRONMENT_NOT_MADE,
                    FLEET_LOST,
                    LEDGER_FENCED,
                    DATA_LOST,
                    INTERNAL ->
                    500;
        };
    }

    /** The document. */
    static ObjectNode document(Problem problem) {
        ObjectNode node = NODES.objectNode();
        node.put("type", "about:blank");
        node.put("title", title(problem.status()));
        node.put("status", problem.status());
        node.put("code", problem.code());
        node.put("detail", String.valueOf(problem.getMessage()));
        problem.field()
                .ifPresent(field -> {
                    node.put("path", field.path());
                    node.put("value", field.value());
                    node.put("rule", field.rule());
                });
        if (!problem.mistakes().isEmpty()) {
            ArrayNode errors = node.putArray("errors");
            problem.mistakes().forEach(mistake -> errors.add(mistake(mistake)));
        }
        return node;
    }

    /** One mistake in a job. */
    public static ObjectNode mistake(Mistake mistake) {
        ObjectNode node = NODES.objectNode();
        node.put("code", mistake.code().name());
        node.put("message", mistake.message());
        node.put("path", mistake.path());
        node.put("line", mistake.line() == 0 ? null : mistake.line());
        node.put("column", mistake.line() == 0 ? null : mistake.column());
        node.put("value", mistake.value());
        node.put("rule", mistake.rule());
        return node;
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 411 -> "Length Required";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 416 -> "Range Not Satisfiable";
            case 422 -> "Unprocessable Content";
            case 426 -> "Upgrade Required";
            case 431 -> "Request Header Fields Too Large";
            case 429 -> "Too Many Requests";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
