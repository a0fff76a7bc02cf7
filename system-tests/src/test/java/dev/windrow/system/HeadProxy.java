package dev.windrow.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** A proxy that reads the head of a connection's first request, and may change or refuse it. */
final class HeadProxy implements AutoCloseable {

    private static final String REFUSAL =
            "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final ServerSocket listening;
    private final int target;
    private final Function<String, Optional<String>> heads;

    private HeadProxy(
            ServerSocket listening, int target, Function<String, Optional<String>> heads) {
        this.listening = listening;
        this.target = target;
        this.heads = heads;
    }

    /**
     * A proxy before a server on this machine.
     *
     * @param heads what becomes of a head; empty to refuse the request
     */
    static HeadProxy start(int target, Function<String, Optional<String>> heads)
            throws IOException {
        HeadProxy proxy =
                new HeadProxy(
                        new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target, heads);
        Thread.ofPlatform().daemon().start(proxy::accept);
        return proxy;
    }

    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
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
            String head = new String(head(client.getInputStream()), StandardCharsets.US_ASCII);
            Optional<String> passed = heads.apply(head);
            if (passed.isEmpty()) {
                client.getOutputStream().write(REFUSAL.getBytes(StandardCharsets.US_ASCII));
                return;
            }
            server.getOutputStream().write(passed.get().getBytes(StandardCharsets.US_ASCII));
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
