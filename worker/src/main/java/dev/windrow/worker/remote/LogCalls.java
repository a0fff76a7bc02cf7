package dev.windrow.worker.remote;

import dev.windrow.worker.ship.Piece;
import dev.windrow.worker.ship.ShipAnswer;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends pieces of logs, each by a request of its own. */
final class LogCalls {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
    private static final Pattern SIZE =
            Pattern.compile("\\{\\s*\"size\"\\s*:\\s*([0-9]{1,18})\\s*\\}");
    private static final int SHOWN = 300;

    private final ServerAddress server;
    private final int agent;

    LogCalls(ServerAddress server, int agent) {
        this.server = server;
        this.agent = agent;
    }

    /** Sends one; blocks for seconds at most. */
    ShipAnswer send(Piece piece) throws InterruptedException {
        String path =
                "logs?agent=%d&file=%s&offset=%d&turn=%d"
                        .formatted(
                                agent,
                                URLEncoder.encode(piece.file(), StandardCharsets.UTF_8),
                                piece.offset(),
                                piece.turn());
        HttpRequest request =
                server.request(path, ANSWER_MAX)
                        .header("Content-Type", "application/octet-stream")
                        .method("PATCH", BodyPublishers.ofByteArray(piece.bytes()))
                        .build();
        try {
            return read(server.http().send(request, BodyHandlers.ofString()));
        } catch (IOException _) {
            return new ShipAnswer.Lost();
        }
    }

    private static ShipAnswer read(HttpResponse<String> answer) {
        String body = answer.body();
        Matcher size = SIZE.matcher(body.strip());
        return switch (answer.statusCode()) {
            case 200 ->
                    size.matches()
                            ? new ShipAnswer.Size(Long.parseLong(size.group(1)))
                            : new ShipAnswer.Lost();
            case 400, 413, 414 ->
                    new ShipAnswer.Refused(body.substring(0, Math.min(SHOWN, body.length())));
            case 401, 403, 410 ->
                    new ShipAnswer.Over(
                            "the server takes no logs (HTTP status %d)"
                                    .formatted(answer.statusCode()));
            default -> new ShipAnswer.Lost();
        };
    }
}
