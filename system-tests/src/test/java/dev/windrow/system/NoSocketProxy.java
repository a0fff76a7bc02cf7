package dev.windrow.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy of the old kind: it knows requests and answers, and no WebSocket. */
final class NoSocketProxy implements AutoCloseable {

    private static final String REFUSAL =
            "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final ServerSocket listening;
    private final int target;
    private final AtomicInteger refused = new AtomicInteger();

    private NoSocketProxy(ServerSocket listening, int target) {
        this.listening = listening;
        this.target = target;
    }

    /** A proxy before a server on this machine. */
    static NoSocketProxy start(int target) throws IOException {
        NoSocketProxy proxy =
                new NoSocketProxy(
                        new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        Thread.ofPlatform().daemon().start(proxy::accept);
        return proxy;
    }

    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** How many WebSockets were asked for. */
    int refused() {
        return refused.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Thread.ofPlatform().daemon().start(() -> serve(client));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            byte[] head = head(client.getInputStream());
            String text = new String(head, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
            if (text.contains("upgrade: websocket")) {
                refused.incrementAndGet();
                client.getOutputStream().write(REFUSAL.getBytes(StandardCharsets.US_ASCII));
                return;
            }
            server.getOutputStream().write(head);
            Thread back = Thread.ofPlatform().daemon().start(() -> copy(server, client));
            copy(client, server);
            back.join();
        } catch (IOException _) {
            // One of them is gone.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int one = in.read();
            if (one < 0) {
                throw new IOException("closed");
            }
            head.write(one);
        }
        return head.toByteArray();
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
            to.shutdownOutput();
        } catch (IOException _) {
            // One of them is gone.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
