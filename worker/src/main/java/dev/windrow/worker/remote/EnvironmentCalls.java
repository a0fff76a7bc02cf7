package dev.windrow.worker.remote;

import dev.windrow.protocol.environment.EnvironmentTurn;
import dev.windrow.protocol.wire.EnvironmentTurns;
import dev.windrow.protocol.wire.MessageText;
import dev.windrow.protocol.wire.WireException;
import dev.windrow.worker.fetch.ArchiveBounds;
import dev.windrow.worker.fetch.PackedFolder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speaks of one environment with a server, by a request for each thing. */
final class EnvironmentCalls implements EnvironmentWay {

    /** A server that is away for longer has lost what was agreed with it. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final Duration PIECE_MAX = Duration.ofMinutes(1);
    private static final int RESTS_OF_A_LENGTH = 5;
    private static final int REST_SECONDS_MOST = 5;
    private static final Pattern SIZE =
            Pattern.compile("\\{\\s*\"size\"\\s*:\\s*([0-9]{1,18})\\s*\\}");
    private static final Pattern DETAIL = Pattern.compile("\"detail\"\\s*:\\s*\"([^\"]{1,300})");

    private final ServerAddress server;
    private final int agent;
    private final String digest;
    private final InstantSource clock;
    private int rests;

    /**
     * @param agent number of its instance
     * @param digest of the environment
     */
    EnvironmentCalls(ServerAddress server, int agent, String digest, InstantSource clock) {
        this.server = server;
        this.agent = agent;
        this.digest = digest;
        this.clock = clock;
    }

    private HttpRequest.Builder request(String query, Duration limit) {
        return server.request("environments/" + digest + query, limit);
    }

    @Override
    public EnvironmentTurn claim(Optional<String> lease) throws IOException, InterruptedException {
        Backoff backoff = new Backoff();
        Instant began = clock.instant();
        while (true) {
            try {
                return asked(lease);
            } catch (IOException e) {
                boolean over = e instanceof Carrier.Refused refused && refused.isFinal();
                Duration alone = Duration.between(began, clock.instant());
                if (over || alone.compareTo(ServedAgent.PATIENCE) > 0) {
                    throw e;
                }
                park(backoff.next(alone));
            }
        }
    }

    private EnvironmentTurn asked(Optional<String> lease) throws IOException, InterruptedException {
        String query = "?agent=" + agent + lease.map(one -> "&lease=" + one).orElse("");
        HttpRequest request = request(query, ANSWER_MAX).POST(BodyPublishers.noBody()).build();
        HttpResponse<byte[]> answer = server.http().send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new Carrier.Refused(answer.statusCode(), "to a request for an environment");
        }
        try {
            return MessageText.read(new EnvironmentTurns(), answer.body())
                    .orElseThrow(() -> new IOException("a server of another version"));
        } catch (WireException e) {
            throw new IOException(e);
        }
    }

    @Override
    public boolean hold(String lease) throws InterruptedException {
        try {
            return asked(Optional.of(lease)) instanceof EnvironmentTurn.Make(String its)
                    && its.equals(lease);
        } catch (Carrier.Refused e) {
            return !e.isFinal();
        } catch (IOException _) {
            return true;
        }
    }

    @Override
    public long send(String lease, Path environment) throws IOException, InterruptedException {
        PieceOutput out = new PieceOutput((offset, bytes) -> piece(lease, offset, bytes));
        try {
            PackedFolder.pack(environment, ArchiveBounds.ENVIRONMENT, out);
            out.finish();
            keep(lease, out.sha256());
            return out.sent();
        } catch (IOException e) {
            // An interrupt shows itself in what it has broken off.
            if (Thread.interrupted() || e instanceof InterruptedIOException) {
                throw (InterruptedException) new InterruptedException().initCause(e);
            }
            throw e;
        }
    }

    private void piece(String lease, long offset, byte[] bytes) throws IOException {
        HttpRequest request =
                request("?lease=%s&offset=%d".formatted(lease, offset), PIECE_MAX)
                        .header("Content-Type", "application/octet-stream")
                        .method("PATCH", BodyPublishers.ofByteArray(bytes))
                        .build();
        String answer = taken(request);
        Matcher size = SIZE.matcher(answer.strip());
        if (!size.matches() || Long.parseLong(size.group(1)) != offset + bytes.length) {
            throw new IOException("the server has lost a part of it");
        }
    }

    private void keep(String lease, String sha256) throws IOException {
        String query = "?lease=%s&sha256=%s".formatted(lease, sha256);
        String _ = taken(request(query, PIECE_MAX).PUT(BodyPublishers.noBody()).build());
    }

    /** Repeats a request until it is answered one way or the other; gives the body. */
    private String taken(HttpRequest request) throws IOException {
        Backoff backoff = new Backoff();
        Instant began = clock.instant();
        while (true) {
            Duration alone = Duration.between(began, clock.instant());
            try {
                HttpResponse<String> answer = server.http().send(request, BodyHandlers.ofString());
                if (answer.statusCode() / 100 == 2) {
                    return answer.body();
                }
                String why = why(answer);
                boolean later = answer.statusCode() >= 500 || why.contains("is being received");
                if (!later || alone.compareTo(PATIENCE) > 0) {
                    throw new RefusedPiece(why);
                }
                park(backoff.next(alone));
            } catch (RefusedPiece e) {
                throw e;
            } catch (InterruptedException _) {
                throw new InterruptedIOException();
            } catch (IOException e) {
                if (alone.compareTo(PATIENCE) > 0) {
                    throw e;
                }
                parkInside(backoff.next(alone));
            }
        }
    }

    /** The server has said no. */
    private static final class RefusedPiece extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedPiece(String why) {
            super(why);
        }
    }

    private static String why(HttpResponse<String> answer) {
        Matcher detail = DETAIL.matcher(answer.body());
        return detail.find() ? detail.group(1) : "HTTP status " + answer.statusCode();
    }

    @Override
    public void giveBack(String lease, boolean shareable) throws InterruptedException {
        String query = "?lease=%s&reason=%s".formatted(lease, shareable ? "failed" : "unpackable");
        try {
            HttpResponse<Void> _ =
                    server.http()
                            .send(
                                    request(query, ANSWER_MAX).DELETE().build(),
                                    BodyHandlers.discarding());
        } catch (IOException _) {
            // The lease ends by itself soon.
        }
    }

    @Override
    public void fetch(EnvironmentTurn.Fetch what, Path folder)
            throws IOException, InterruptedException {
        new ArchiveCall(server, PATIENCE, clock)
                .fetch(ArchiveCall.Order.environment(digest, what.sha256()), folder);
    }

    @Override
    public void rest() throws InterruptedException {
        // A large fleet must not ask more often than its server can answer.
        park(Duration.ofSeconds(Math.min(REST_SECONDS_MOST, 1 + rests++ / RESTS_OF_A_LENGTH)));
    }

    private static void parkInside(Duration pause) throws InterruptedIOException {
        try {
            park(pause);
        } catch (InterruptedException _) {
            throw new InterruptedIOException();
        }
    }

    private static void park(Duration pause) throws InterruptedException {
        LockSupport.parkNanos(pause.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
