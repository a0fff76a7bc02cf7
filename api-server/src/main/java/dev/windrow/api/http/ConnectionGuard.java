package dev.windrow.api.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds connections, and how long one may be held without a request: a client that sends its head
 * byte by byte is never idle, and would keep it for days.
 */
public final class ConnectionGuard {

    private static final long LOOK_MILLIS = 5_000;

    private final Vertx vertx;
    private final int most;
    private final int looks;
    private final Map<HttpConnection, Held> held = new ConcurrentHashMap<>();

    /** One connection. */
    private static final class Held {
        private final AtomicInteger requests = new AtomicInteger();

        /** Of the timer alone. */
        private int looksWithout;
    }

    /**
     * @param most connections at one time; more are closed at once
     * @param seconds a connection may be open without a request, and a request's body may take
     */
    public ConnectionGuard(Vertx vertx, int most, int seconds) {
        this.vertx = vertx;
        this.most = most;
        this.looks = (int) Math.max(1, seconds * 1_000L / LOOK_MILLIS);
        vertx.setPeriodic(LOOK_MILLIS, _ -> look());
    }

    /** Takes note of a connection. */
    public void opened(HttpConnection connection) {
        if (held.size() >= most) {
            connection.close();
            return;
        }
        held.put(connection, new Held());
        connection.closeHandler(_ -> held.remove(connection));
    }

    /** Takes note of each request before it goes on. */
    public Handler<HttpServerRequest> around(Handler<HttpServerRequest> next) {
        return request -> {
            Held one = held.get(request.connection());
            if (one == null) {
                request.connection().close();
                return;
            }
            one.requests.incrementAndGet();
            request.response().endHandler(_ -> one.requests.decrementAndGet());
            long timer = vertx.setTimer(looks * LOOK_MILLIS, _ -> closeUnlessRead(request));
            request.response().closeHandler(_ -> vertx.cancelTimer(timer));
            next.handle(request);
        };
    }

    private static void closeUnlessRead(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.connection().close();
        }
    }

    private void look() {
        held.forEach((connection, one) -> {
            if (one.requests.get() > 0) {
                one.looksWithout = 0;
            } else if (++one.looksWithout > looks) {
                connection.close();
            }
        });
    }
}
