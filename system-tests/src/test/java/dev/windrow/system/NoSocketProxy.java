package dev.windrow.system;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy of the old kind: it knows requests and answers, and no WebSocket. */
final class NoSocketProxy implements AutoCloseable {

    private final AtomicInteger refused = new AtomicInteger();
    private final HeadProxy proxy;

    private NoSocketProxy(int target) throws IOException {
        this.proxy = HeadProxy.start(target, this::withoutSockets);
    }

    /** A proxy before a server on this machine. */
    static NoSocketProxy start(int target) throws IOException {
        return new NoSocketProxy(target);
    }

    private Optional<String> withoutSockets(String head) {
        if (head.toLowerCase(Locale.ROOT).contains("upgrade: websocket")) {
            refused.incrementAndGet();
            return Optional.empty();
        }
        return Optional.of(head);
    }

    String url() {
        return proxy.url();
    }

    /** How many WebSockets were asked for. */
    int refused() {
        return refused.get();
    }

    @Override
    public void close() throws IOException {
        proxy.close();
    }
}
