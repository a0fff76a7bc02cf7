package dev.windrow.api.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Sends server-sent events to one client. Looks twice a second whether there is something, sends a
 * comment every ten seconds so that nobody on the way takes the connection for dead, and lets a
 * client that does not read wait; one that has not read for a minute is cut off.
 */
final class EventStream {

    private static final long LOOK_MILLIS = 500;
    private static final int BEAT_LOOKS = 20;
    private static final int STUCK_LOOKS = 120;

    private final Vertx vertx;
    private final Context loop;
    private final Executor threads;
    private final HttpServerResponse response;
    private final EventSource source;
    private long timer = -1;
    private boolean busy;
    private int quiet;
    private int stuck;

    EventStream(Vertx vertx, Executor threads, HttpServerResponse response, EventSource source) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.threads = threads;
        this.response = response;
        this.source = source;
    }

    void start() {
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                // Asks a proxy on the way not to hold events back.
                .putHeader("X-Accel-Buffering", "no");
        response.closeHandler(_ -> stop());
        response.exceptionHandler(_ -> stop());
        // Otherwise a client that reads a little slower than the disk waits for the next look.
        response.drainHandler(_ -> look());
        response.write(": windrow\n\n");
        timer = vertx.setPeriodic(LOOK_MILLIS, _ -> look());
        look();
    }

    private void stop() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }

    private void look() {
        if (response.closed() || response.ended()) {
            stop();
            return;
        }
        if (response.writeQueueFull()) {
            if (++stuck >= STUCK_LOOKS) {
                stop();
                response.reset();
            }
            return;
        }
        stuck = 0;
        if (busy) {
            return;
        }
        if (!source.ready()) {
            beat();
            return;
        }
        busy = true;
        try {
            threads.execute(this::read);
        } catch (RejectedExecutionException e) {
            // Too much is going on: it is looked at again.
            busy = false;
        }
    }

    private void beat() {
        if (++quiet >= BEAT_LOOKS) {
            quiet = 0;
            response.write(": \n\n");
        }
    }

    private void read() {
        try {
            EventSource.Batch batch = source.next();
            loop.runOnContext(_ -> write(batch));
        } catch (RuntimeException e) {
            loop.runOnContext(_ -> {
                stop();
                response.reset();
            });
        }
    }

    private void write(EventSource.Batch batch) {
        busy = false;
        if (response.closed() || response.ended()) {
            stop();
            return;
        }
        StringBuilder text = new StringBuilder();
        for (EventSource.Event event : batch.events()) {
            if (!event.id().isEmpty()) {
                text.append("id: ").append(event.id()).append('\n');
            }
            text.append("event: ").append(event.type()).append('\n');
            text.append("data: ").append(event.data()).append("\n\n");
        }
        if (!text.isEmpty()) {
            quiet = 0;
            response.write(text.toString());
        }
        if (batch.last()) {
            stop();
            response.end();
        } else if (!batch.events().isEmpty()) {
            // There may be more than one call gives.
            vertx.runOnContext(_ -> look());
        }
    }
}
