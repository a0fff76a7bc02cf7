package dev.windrow.api.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends answers; on the event loop only. */
final class Replies {

    /** Set for requests whose body somebody reads to its end, which is known. */
    static final String DRAINED = "drained";

    private static final long LINGER_MILLIS = 1_000;

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    private final Vertx vertx;
    private final Executor threads;

    Replies(Vertx vertx, Executor threads) {
        this.vertx = vertx;
        this.threads = threads;
    }

    void send(RoutingContext context, Answer answer) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        try {
            switch (answer) {
                case Answer.Json json -> {
                    json.headers().forEach(response::putHeader);
                    text(response, json.status(), JSON, json.body().toString());
                }
                case Answer.Text text -> text(response, text.status(), text.type(), text.body());
                case Answer.Empty empty -> response.setStatusCode(empty.status()).end();
                case Answer.FilePart part -> file(context, part);
                case Answer.Flow flow -> flow(context, flow);
                case Answer.Lines lines -> new LineStream(vertx, response).send(lines, threads);
                case Answer.Events events ->
                        new EventStream(vertx, threads, response, events.source()).start();
                case Answer.Later later -> later(context, later);
                case Answer.Socket socket -> upgrade(context, socket);
            }
        } catch (Problem problem) {
            refuse(context, problem);
        }
    }

    private void later(RoutingContext context, Answer.Later later) {
        Context loop = vertx.getOrCreateContext();
        CompletionStage<?> _ =
                later.answer()
                        .whenComplete((answer, failure) ->
                                loop.runOnContext(_ -> {
                                    if (failure == null) {
                                        send(context, answer);
                                    } else {
                                        refuse(context, ProblemJson.of(cause(failure)));
                                    }
                                }));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    private void upgrade(RoutingContext context, Answer.Socket socket) {
        context.request()
                .toWebSocket()
                .onSuccess(socket.opened()::accept)
                .onFailure(_ -> {
                    socket.refused().run();
                    refuse(
                            context,
                            Problem.of(
                                            426,
                                            "UPGRADE_REQUIRED",
                                            "Upgrade: missing (expected: websocket)")
                                    .with("Upgrade", "websocket"));
                });
    }

    void refuse(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        problem.headers().forEach(response::putHeader);
        if (!context.request().isEnded() && context.get(DRAINED) == null) {
            // What is still to come of the request is not read.
            response.putHeader("Connection", "close");
            context.addEndHandler(_ -> closeUnread(context));
        }
        text(response, problem.status(), PROBLEM, ProblemJson.document(problem).toString());
    }

    /**
     * Takes nothing more of a request that was answered before its end: otherwise a body without an
     * end is read and thrown away for as long as a body may take. Closing at once would often take
     * the answer away from a client that is still sending.
     */
    private static void closeUnread(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!request.isEnded()) {
            request.pause();
            context.vertx().setTimer(LINGER_MILLIS, _ -> request.connection().close());
        }
    }

    private static void text(HttpServerResponse response, int status, String type, String body) {
        response.setStatusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader(
                        "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .end(Buffer.buffer(body));
    }

    /** Bytes from the first to before the last. */
    private record Span(long from, long to) {}

    private static void file(RoutingContext context, Answer.FilePart part) {
        HttpServerResponse response = context.response();
        Span span = head(context, part.length(), part.type());
        part.headers().forEach(response::putHeader);
        if (span.to() == span.from()) {
            response.end();
            return;
        }
        response.sendFile(part.file().toString(), span.from(), span.to() - span.from())
                .onFailure(_ -> response.reset());
    }

    private void flow(RoutingContext context, Answer.Flow flow) {
        Span span = head(context, flow.length(), flow.type());
        if (span.to() == span.from()) {
            context.response().end();
            return;
        }
        new ByteFlow(vertx, context.response()).send(flow, span.from(), span.to());
    }

    /** Sets the head of an answer with bytes; gives those that were asked for. */
    private static Span head(RoutingContext context, long length, String type) {
        HttpServerResponse response = context.response();
        String range = context.request().getHeader("Range");
        long from = 0;
        long to = length;
        Matcher asked = RANGE.matcher(range == null ? "" : range.strip());
        boolean partial = asked.matches() && !(asked.group(1) + asked.group(2)).isEmpty();
        if (partial) {
            OptionalLong first = number(asked.group(1));
            OptionalLong last = number(asked.group(2));
            if (first.isPresent()) {
                from = first.getAsLong();
                to = last.isPresent() ? Math.min(to, last.getAsLong() + 1) : to;
            } else {
                from = Math.max(0, to - last.orElse(0));
            }
            if (from >= to) {
                throw Problem.of(
                                416,
                                "RANGE_NOT_SATISFIABLE",
                                "Range: %s (expected: within %d bytes)"
                                        .formatted(Texts.shown(String.valueOf(range)), length))
                        .with("Content-Range", "bytes */" + length);
            }
            response.putHeader("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, length));
        }
        response.setStatusCode(partial ? 206 : 200)
                .putHeader("Content-Type", type)
                .putHeader("Accept-Ranges", "bytes")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Length", Long.toString(to - from));
        return new Span(from, to);
    }

    private static OptionalLong number(String digits) {
        return digits.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
    }
}
