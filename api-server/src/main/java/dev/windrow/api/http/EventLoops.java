package dev.windrow.api.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.function.BiConsumer;

/** Makes the event loops of a server. */
public final class EventLoops {

    private static final int LOOPS = 2;

    private EventLoops() {}

    /**
     * Event loops whose faults are told like those of requests.
     *
     * @param faults hears of what nobody has caught, a client's going away apart
     */
    public static Vertx make(BiConsumer<String, Throwable> faults) {
        return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS))
                .exceptionHandler(fault -> {
                    if (!BrokenBodies.isGone(fault)) {
                        faults.accept("event loop", fault);
                    }
                });
    }
}
