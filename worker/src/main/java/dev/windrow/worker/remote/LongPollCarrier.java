package dev.windrow.worker.remote;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/**
 * Carries the same messages over plain requests, a line each, where something on the way breaks
 * WebSockets. The server holds back the answer to a question for messages until there are some.
 */
final class LongPollCarrier implements Carrier {

    private static final Duration SEND_MAX = Duration.ofSeconds(30);

    /** The server answers after twenty seconds when it has nothing to say. */
    private static final Duration ASK_MAX = Duration.ofSeconds(40);

    private static final String SESSIONS = "sessions";
    private static final int NOTHING = 204;

    private final ServerAddress server;
    private final ThreadFactory threads;

    LongPollCarrier(ServerAddress server, ThreadFactory threads) {
        this.server = server;
        this.threads = threads;
    }

    @Override
    public Channel open(int agent, Receiver receiver) throws IOException, InterruptedException {
        HttpRequest request =
                server.request(SESSIONS + "?agent=" + agent, SEND_MAX)
                        .POST(BodyPublishers.noBody())
                        .build();
        HttpResponse<String> answer = server.http().send(request, BodyHandlers.ofString());
        String session = answer.body().strip();
        if (answer.statusCode() != 201 || !session.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new Refused(answer.statusCode(), "to a session");
        }
        Session made = new Session(SESSIONS + "/" + session);
        threads.newThread(() -> made.listen(receiver)).start();
        return made;
    }

    private final class Session implements Channel {
        private final String path;
        private volatile boolean open = true;

        Session(String path) {
            this.path = path;
        }

        private void listen(Receiver receiver) {
            try {
                while (open) {
                    HttpRequest ask = server.request(path + "/messages", ASK_MAX).GET().build();
                    HttpResponse<byte[]> answer =
                            server.http().send(ask, BodyHandlers.ofByteArray());
                    take(check(answer), receiver);
                }
            } catch (IOException _) {
                // Whoever opened it opens another.
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                open = false;
                receiver.ended();
            }
        }

        private static void take(HttpResponse<byte[]> answer, Receiver receiver) {
            if (answer.statusCode() != NOTHING) {
                new String(answer.body(), StandardCharsets.US_ASCII)
                        .lines()
                        .forEach(line -> receiver.take(line.getBytes(StandardCharsets.US_ASCII)));
            }
        }

        private static <T> HttpResponse<T> check(HttpResponse<T> answer) throws Refused {
            if (answer.statusCode() >= 300) {
                throw new Refused(answer.statusCode(), "in a session");
            }
            return answer;
        }

        @Override
        public synchronized void send(byte[] message) throws IOException {
            HttpRequest request =
                    server.request(path + "/messages", SEND_MAX)
                            .header("Content-Type", "application/x-ndjson")
                            .POST(BodyPublishers.ofByteArray(message))
                            .build();
            try {
                check(server.http().send(request, BodyHandlers.discarding()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        @Override
        public boolean alive() {
            return open;
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                HttpRequest request = server.request(path, SEND_MAX).DELETE().build();
                server.http().sendAsync(request, BodyHandlers.discarding()).isDone();
            }
        }
    }
}
