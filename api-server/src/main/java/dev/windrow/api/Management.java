package dev.windrow.api;

import dev.windrow.api.meter.JobMeters;
import dev.windrow.runtime.host.ServerConfig.ManagementAddress;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Serves the meters at a port of their own, to whoever can reach it. */
final class Management {

    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final int HEAD_MOST = 8_192;
    private static final int IDLE_SECONDS = 30;

    private final JobMeters meters;
    private final ExecutorService threads;
    private final AtomicBoolean scraping = new AtomicBoolean();

    private Management(JobMeters meters, ExecutorService threads) {
        this.meters = meters;
        this.threads = threads;
    }

    /** A server that does not listen yet. */
    static HttpServer server(
            Vertx vertx, ManagementAddress address, JobMeters meters, ExecutorService threads) {
        Management management = new Management(meters, threads);
        return vertx.createHttpServer(
                        new HttpServerOptions()
                                .setHost(address.bind())
                                .setPort(address.port())
                                .setHttp2ClearTextEnabled(false)
                                .setIdleTimeout(IDLE_SECONDS)
                                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                                .setMaxInitialLineLength(HEAD_MOST)
                                .setMaxHeaderSize(HEAD_MOST))
                .requestHandler(request -> management.handle(vertx, request));
    }

    private void handle(Vertx vertx, HttpServerRequest request) {
        boolean get = request.method().name().equals("GET");
        if (!"/metrics".equals(request.path()) || !get) {
            answer(request, get ? 404 : 405, "only GET /metrics is here\n");
            return;
        }
        // One at a time: a second would only tell the same and cost as much.
        if (!scraping.compareAndSet(false, true)) {
            busy(request);
            return;
        }
        var loop = vertx.getOrCreateContext();
        try {
            threads.execute(() -> {
                String text;
                try {
                    text = meters.scrape();
                } finally {
                    scraping.set(false);
                }
                loop.runOnContext(_ -> answer(request, 200, text));
            });
        } catch (RejectedExecutionException _) {
            scraping.set(false);
            busy(request);
        }
    }

    private static void busy(HttpServerRequest request) {
        request.response().putHeader("Retry-After", "1");
        answer(request, 503, "another scrape is going on\n");
    }

    private static void answer(HttpServerRequest request, int status, String text) {
        if (!request.response().ended() && !request.response().closed()) {
            request.response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", TYPE)
                    .putHeader("Cache-Control", "no-store")
                    .end(text);
        }
    }
}
