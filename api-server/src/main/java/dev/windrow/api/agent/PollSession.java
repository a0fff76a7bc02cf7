package dev.windrow.api.agent;

import dev.windrow.api.http.Answer;
import dev.windrow.api.http.Problem;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.wire.AgentMessages;
import dev.windrow.protocol.wire.EngineMessages;
import dev.windrow.protocol.wire.MessageText;
import dev.windrow.protocol.wire.WireException;
import dev.windrow.runtime.compute.EngineDoor.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/** One agent's connection that is made of single requests. */
final class PollSession {

    /** How long a question for messages is held back when there are none. */
    static final Duration HOLD = Duration.ofSeconds(20);

    /** An agent asks again as soon as it was answered; who does not is gone. */
    private static final Duration UNASKED_MAX = Duration.ofSeconds(15);

    private static final AgentMessages IN = new AgentMessages();
    private static final EngineMessages OUT = new EngineMessages();
    private static final int ANSWER_BYTES = 1 << 20;
    private static final String LINES = "application/x-ndjson";

    private final String job;
    private final Connection connection;
    private final Outbox outbox;
    private final TokenRenewal renewal;
    private final ReentrantLock asking = new ReentrantLock();
    private final ReentrantLock saying = new ReentrantLock();
    private volatile Instant answeredAt;
    private volatile boolean closed;

    /**
     * @param job whose token opened it
     */
    PollSession(
            String job, Connection connection, Outbox outbox, TokenRenewal renewal, Instant now) {
        this.job = job;
        this.renewal = renewal;
        this.connection = connection;
        this.outbox = outbox;
        this.answeredAt = now;
    }

    boolean isOf(String other) {
        return job.equals(other);
    }

    /** True when its agent is gone. */
    boolean over(Instant now) {
        return closed
                || outbox.overflown()
                || (!asking.isLocked() && now.isAfter(answeredAt.plus(UNASKED_MAX)));
    }

    void close() {
        closed = true;
        connection.close();
    }

    /**
     * Hands on what the agent says, a line each; blocks while the engine is behind.
     *
     * @param room that the lines take meanwhile
     */
    void say(byte[] lines, MessageRoom room) {
        if (!room.take(lines.length)) {
            throw Problem.of(503, "TOO_BUSY", "agents say too much at one time; try again")
                    .with("Retry-After", "1");
        }
        // In the order in which they come, though each comes on a thread of its own.
        saying.lock();
        try {
            handOn(lines);
        } catch (WireException | IllegalArgumentException e) {
            throw Problem.of(400, "MALFORMED_MESSAGE", "body: " + e.getMessage());
        } finally {
            saying.unlock();
            room.give(lines.length);
        }
    }

    private void handOn(byte[] lines) {
        for (int from = 0; from < lines.length; ) {
            int end = from;
            while (end < lines.length && lines[end] != '\n') {
                end++;
            }
            byte[] line = Arrays.copyOfRange(lines, from, end);
            if (!isBlank(line)) {
                MessageText.read(IN, line).ifPresent(connection::send);
            }
            from = end + 1;
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte one : line) {
            if (one < 0 || one > ' ') {
                return false;
            }
        }
        return true;
    }

    /** What the engine has said since; blocks until there is something, or for {@link #HOLD}. */
    Answer ask(Instant now) throws InterruptedException {
        if (!asking.tryLock()) {
            throw Problem.of(409, "ASKED_TWICE", "messages: asked for by two at one time");
        }
        try {
            renewal.due(now).ifPresent(outbox::send);
            StringBuilder lines = new StringBuilder();
            long wait = HOLD.toMillis();
            for (EngineMessage message = outbox.next(wait);
                    message != null;
                    message = outbox.next(0)) {
                lines.append(new String(MessageText.write(OUT, message), StandardCharsets.US_ASCII))
                        .append('\n');
                if (lines.length() > ANSWER_BYTES) {
                    break;
                }
            }
            return lines.isEmpty()
                    ? new Answer.Empty(204)
                    : new Answer.Text(200, LINES, lines.toString());
        } finally {
            answeredAt = now.plus(HOLD);
            asking.unlock();
        }
    }
}
