package dev.windrow.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An address that answers nobody, scripts in pods above all, before it is opened. */
final class Gate implements AutoCloseable {

    private final CountDownLatch opened = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /**
     * @param host address of this machine as those see it that are to wait
     */
    Gate(String host) throws IOException {
        server = HttpServer.create(new InetSocketAddress(host, 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            opened.await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException(e.getMessage());
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    String url() {
        InetSocketAddress address = server.getAddress();
        return "http://%s:%d/".formatted(address.getHostString(), address.getPort());
    }

    void open() {
        opened.countDown();
    }

    @Override
    public void close() {
        open();
        server.stop(0);
        threads.close();
    }
}
