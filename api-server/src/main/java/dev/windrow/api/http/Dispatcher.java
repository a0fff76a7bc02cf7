package dev.windrow.api.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Leads requests to their operations: first whether the caller may, then the body, then the work on
 * a thread that may block, then the answer.
 */
public final class Dispatcher {

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final String BODY_MAX = "bodyMax";
    private static final Pattern PART = Pattern.compile("\\{([a-z]+)\\}");

    private final ExecutorService threads;
    private final Gate gate;
    private final Replies replies;
    private final Audit audit;
    private final BiConsumer<String, Throwable> faults;
    private final Traffic traffic;

    /**
     * @param threads do the work; bounded, and refuse what is too much
     * @param audit hears of every request that would change something
     * @param faults hears of what only the server can be blamed for
     * @param traffic measures requests
     */
    public Dispatcher(
            Vertx vertx,
            ExecutorService threads,
            Gate gate,
            Audit audit,
            BiConsumer<String, Throwable> faults,
            Traffic traffic) {
        this.traffic = traffic;
        this.threads = threads;
        this.gate = gate;
        this.audit = audit;
        this.replies = new Replies(vertx, threads);
        this.faults = faults;
    }

    /**
     * A router over these operations.
     *
     * @param bodyMax bytes of a request's body
     */
    public Router router(Vertx vertx, List<Operation> operations, long bodyMax) {
        Router router = Router.router(vertx);
        Map<String, TreeSet<String>> methods = new TreeMap<>();
        for (Operation operation : operations) {
            String path = PART.matcher(operation.path()).replaceAll(":$1");
            methods.computeIfAbsent(path, _ -> new TreeSet<>()).add(operation.method());
            HttpMethod method = HttpMethod.valueOf(operation.method());
            // Nothing of the body is read before it is known that the caller may.
            router.route(method, path).handler(Dispatcher::holdUpgrade);
            router.route(method, path).handler(context -> admit(context, operation));
            if (operation.stream().isPresent()) {
                Operation.Streamed stream = operation.stream().get();
                router.route(method, path).handler(context -> stream(context, operation, stream));
            } else {
                long most = operation.bodyMax().orElse(bodyMax);
                router.route(method, path).handler(context -> context.put(BODY_MAX, most).next());
                router.route(method, path)
                        .handler(BodyHandler.create(false).setBodyLimit(most))
                        .handler(context -> work(context, operation));
            }
        }
        methods.forEach((path, allowed) ->
                router.route(path).handler(context -> wrongMethod(context, allowed)));
        router.errorHandler(404, context -> refuse(context, notFound(context)));
        // Behind all others, so that the library never answers or logs a failure itself.
        router.route().failureHandler(context -> failed(context, bodyMax));
        return router;
    }

    /** What is to become a WebSocket must not be read to its end before it is one. */
    private static void holdUpgrade(RoutingContext context) {
        if (context.request().headers().contains("Upgrade", "websocket", true)) {
            context.request().pause();
        }
        context.next();
    }

    /** Answers what cannot even be read as a request, and ends its connection. */
    public static void unreadable(HttpServerRequest request) {
        Throwable why = request.decoderResult().cause();
        Problem problem =
                why instanceof TooLongHttpLineException
                        ? Problem.of(414, "PATH_TOO_LONG", "the first line is too long")
                        : why instanceof TooLongHttpHeaderException
                                ? Problem.of(431, "HEADERS_TOO_LARGE", "the headers are too large")
                                : malformed();
        request.response()
                .setStatusCode(problem.status())
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Connection", "close")
                .end(ProblemJson.document(problem).toString())
                .onComplete(_ -> request.connection().close());
    }

    private void refuse(RoutingContext context, Problem problem) {
        replies.refuse(context, problem);
    }

    private void wrongMethod(RoutingContext context, Set<String> allowed) {
        String list = String.join(", ", allowed);
        refuse(
                context,
                Problem.of(
                                405,
                                "METHOD_NOT_ALLOWED",
                                "method: %s (expected: %s)"
                                        .formatted(
                                                Texts.shown(context.request().method().name()),
                                                list))
                        .with("Allow", list));
    }

    private static Problem notFound(RoutingContext context) {
        return Problem.of(
                404,
                "PATH_NOT_FOUND",
                "path: %s (expected: one of /api/openapi.yaml)"
                        .formatted(Texts.shown(String.valueOf(context.request().path()))));
    }

    private static Problem tooLarge(long bodyMax) {
        return Problem.of(
                413,
                "BODY_TOO_LARGE",
                "body: too large (expected: at most %d bytes)".formatted(bodyMax));
    }

    private static Problem malformed() {
        return Problem.of(400, "MALFORMED_REQUEST", "the request cannot be read");
    }

    private void failed(RoutingContext context, long bodyMax) {
        Throwable failure = context.failure();
        if (failure != null && BrokenBodies.isGone(failure)) {
            context.request().connection().close();
            return;
        }
        Problem problem =
                switch (context.statusCode()) {
                    case 400 -> malformed();
                    case 413 -> tooLarge(context.get(BODY_MAX, bodyMax));
                    default -> problem(failure);
                };
        if (failure != null) {
            tell(context.request(), problem, failure);
        }
        refuse(context, problem);
    }

    private static Problem problem(@Nullable Throwable failure) {
        return switch (failure) {
            case null -> Problem.of(500, "INTERNAL", "the server failed");
            // So the library says that a query cannot be read.
            case IllegalArgumentException _ -> malformed();
            default -> ProblemJson.of(failure);
        };
    }

    private void tell(HttpServerRequest request, Problem problem, Throwable failure) {
        boolean known = failure instanceof Problem || failure instanceof RejectedExecutionException;
        if (problem.status() >= 500 && !known) {
            faults.accept(request.method() + " " + request.path(), failure);
        }
    }

    private void admit(RoutingContext context, Operation operation) {
        Traffic.Mark mark = traffic.began(operation.id());
        context.addEndHandler(_ -> mark.ended(context.response().getStatusCode()));
        if (operation.role() == Caller.Role.NONE) {
            admitOpen(context, operation);
            return;
        }
        CompletableFuture<Caller> caller = caller(context.request()).toCompletableFuture();
        if (caller.isDone()) {
            boolean _ = admit(context, operation, caller);
            return;
        }
        Context loop = context.vertx().getOrCreateContext();
        // What comes meanwhile would find nobody who reads it.
        context.request().pause();
        CompletableFuture<Caller> _ =
                caller.whenComplete((_, _) ->
                        loop.runOnContext(_ -> {
                            boolean admitted = admit(context, operation, caller);
                            // A body that is read piece by piece asks for its pieces itself.
                            if (!admitted || operation.stream().isEmpty()) {
                                context.request().resume();
                            }
                        }));
    }

    private void admitOpen(RoutingContext context, Operation operation) {
        String said = context.request().getHeader("Authorization");
        try {
            operation.guard().check(said == null ? "" : said);
        } catch (Problem problem) {
            noteRefusal(context.request(), problem);
            refuse(context, problem);
            return;
        }
        context.put("caller", Caller.NOBODY);
        context.next();
    }

    /** Goes on with a request and gives true, or refuses it. */
    private boolean admit(
            RoutingContext context, Operation operation, CompletableFuture<Caller> known) {
        try {
            Caller caller = known.join();
            if (!caller.role().covers(operation.role())) {
                throw Problem.of(
                        403,
                        "FORBIDDEN",
                        "role: %s (expected: %s)"
                                .formatted(caller.role().text(), operation.role().text()));
            }
            context.put("caller", caller);
            context.next();
            return true;
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            Problem problem = asked(context.request(), ProblemJson.of(cause));
            tell(context.request(), problem, cause);
            noteRefusal(context.request(), problem);
            refuse(context, problem);
        } catch (Problem problem) {
            noteRefusal(context.request(), problem);
            refuse(context, problem);
        }
        return false;
    }

    private CompletionStage<Caller> caller(HttpServerRequest request) {
        String said = request.getHeader("Authorization");
        String header = said == null ? "" : said;
        return gate.admit(reads(request) ? BasicHeader.asBearer(header) : header);
    }

    /** A browser asks its user when it is told that it may. */
    private static Problem asked(HttpServerRequest request, Problem problem) {
        return problem.status() == 401 && reads(request)
                ? problem.with(
                        "WWW-Authenticate", "Bearer realm=\"windrow\", Basic realm=\"windrow\"")
                : problem;
    }

    private void noteRefusal(HttpServerRequest request, Problem problem) {
        if (reads(request)) {
            return;
        }
        String method = request.method().name();
        String path = Texts.shown(String.valueOf(request.path()));
        try {
            threads.execute(() -> audit.line("", method, path, problem.status()));
        } catch (RejectedExecutionException _) {
            // Of a flood of refusals some are not kept; what was done always is.
        }
    }

    private static boolean reads(HttpServerRequest request) {
        return HttpMethod.GET.equals(request.method());
    }

    private void note(HttpServerRequest request, Request said, int status) {
        if (!reads(request)) {
            audit.line(
                    said.caller().user(),
                    request.method().name(),
                    Texts.shown(String.valueOf(request.path())),
                    status);
        }
    }

    private void work(RoutingContext context, Operation operation) {
        Request request = request(context, InputStream.nullInputStream());
        work(context, operation, request, threads, () -> {});
    }

    /** The body's length is known, and in bounds, before any of it is read. */
    private void stream(RoutingContext context, Operation operation, Operation.Streamed streamed) {
        String said = context.request().getHeader("Content-Length");
        if (said == null || !LENGTH.matcher(said).matches()) {
            refuse(
                    context,
                    Problem.of(411, "LENGTH_REQUIRED", "Content-Length: missing (expected: bytes)")
                            .with("Connection", "close"));
        } else if (Long.parseLong(said) > streamed.bodyMax()) {
            refuse(context, tooLarge(streamed.bodyMax()));
        } else {
            Context loop = context.vertx().getOrCreateContext();
            context.put(Replies.DRAINED, true);
            BodyStream body = new BodyStream(context.request(), loop).open();
            Request request = request(context, body);
            work(context, operation, request, streamed.threads(), body::drain);
        }
    }

    /**
     * @param before what to do on the event loop before the answer
     */
    private void work(
            RoutingContext context,
            Operation operation,
            Request request,
            ExecutorService workers,
            Runnable before) {
        Context loop = context.vertx().getOrCreateContext();
        try {
            workers.execute(() -> {
                Runnable reply = worked(context, operation, request);
                try {
                    loop.runOnContext(_ -> {
                        before.run();
                        reply.run();
                    });
                } catch (RejectedExecutionException _) {
                    // The server stops, and with it the connection.
                }
            });
        } catch (RejectedExecutionException e) {
            before.run();
            refuse(context, ProblemJson.tooBusy());
        }
    }

    /** Does the work, and gives what is to be done on the event loop. */
    private Runnable worked(RoutingContext context, Operation operation, Request request) {
        try {
            Answer answer = operation.work().answer(request);
            if (!(operation.work() instanceof Operation.Routine)) {
                note(context.request(), request, answer.status());
            }
            return () -> replies.send(context, answer);
        } catch (RuntimeException e) {
            Problem problem = ProblemJson.of(e);
            note(context.request(), request, problem.status());
            tell(context.request(), problem, e);
            return () -> refuse(context, problem);
        }
    }

    private static Request request(RoutingContext context, InputStream stream) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        context.queryParams()
                .forEach((name, value) ->
                        query.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
        Map<String, String> headers = new LinkedHashMap<>();
        context.request()
                .headers()
                .forEach(
                        (name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        Buffer arrived = context.body() == null ? null : context.body().buffer();
        byte[] body = arrived == null ? new byte[0] : arrived.getBytes();
        Caller caller = Objects.requireNonNull(context.<Caller>get("caller"));
        return new Request(caller, Map.copyOf(context.pathParams()), query, headers, body, stream);
    }
}
