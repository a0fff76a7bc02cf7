package dev.windrow.worker.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.model.PlanLimits;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.AgentMessage.Results;
import dev.windrow.protocol.Cause;
import dev.windrow.protocol.EngineMessage.ChunkPayload;
import dev.windrow.protocol.Problem;
import dev.windrow.protocol.Protocol;
import dev.windrow.protocol.Report;
import dev.windrow.protocol.RowSpan;
import dev.windrow.protocol.Timing;
import dev.windrow.protocol.Token;
import dev.windrow.protocol.wire.AgentMessages;
import dev.windrow.protocol.wire.EngineMessages;
import dev.windrow.protocol.wire.MessageText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing that is said is longer than a message may be. */
final class MessageLengthTest {

    private static final Token TOKEN = new Token(Long.MAX_VALUE, Long.MAX_VALUE);
    private static final Timing TIMING =
            new Timing(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final List<AgentMessage> said = new ArrayList<>();
    private final ReportDesk desk = new ReportDesk(said::add, _ -> {});

    private static int length(AgentMessage message) {
        return MessageText.write(new AgentMessages(), message).length;
    }

    private static Report broke(int index, String traceback) {
        return new Report.Broke(
                index, TOKEN, TIMING, Cause.EXCEPTION, new Problem("E", "m", traceback, "l"));
    }

    private List<Integer> reported() {
        return said.stream()
                .flatMap(message -> ((Results) message).reports().stream())
                .map(Report::index)
                .toList();
    }

    @Test
    void theLargestChunkOfAPlanFits() {
        int[] counts = new int[1_000];
        Arrays.fill(counts, Integer.MAX_VALUE);
        byte[] payload = new byte[Integer.BYTES + PlanLimits.PAYLOAD_MAX];
        AgentMessage chunk =
                new AgentMessage.PlanChunk(
                        TOKEN, Integer.MAX_VALUE, 0, counts, payload, new byte[8_192]);
        assertThat(length(chunk)).isLessThan(Protocol.MESSAGE_MAX);
        assertThat(MessageText.write(new EngineMessages(), new ChunkPayload(7, payload)).length)
                .isLessThan(Protocol.MESSAGE_MAX);
    }

    /** As long as a worker's frame can tell it, in characters that take the most room. */
    @Test
    void manyLongErrorsAreSaidInSeveralMessages() {
        String traceback = "\u0001".repeat(1 << 16);
        for (int i = 0; i < 1_000; i++) {
            desk.add(broke(i, traceback));
        }
        desk.send(NOON);
        assertThat(said).hasSizeGreaterThan(10);
        assertThat(said).allMatch(message -> length(message) < 5 << 20);
        assertThat(reported()).containsExactlyElementsOf(numbers(1_000));
    }

    @Test
    void theLongestErrorIsSaidAlone() {
        desk.add(broke(0, "short"));
        desk.add(broke(1, "\u0001".repeat(1 << 20)));
        desk.add(broke(2, "short"));
        desk.send(NOON);
        assertThat(said).hasSize(3).allMatch(message -> length(message) < Protocol.MESSAGE_MAX);
        assertThat(reported()).containsExactly(0, 1, 2);
    }

    @Test
    void shortReportsAreSaidAThousandAtATime() {
        for (int i = 0; i < 2_001; i++) {
            desk.add(new Report.Returned(i, TOKEN, TIMING, 1, new RowSpan("process000", 0, 1, 0)));
        }
        desk.send(NOON);
        assertThat(said)
                .extracting(message -> ((Results) message).reports().size())
                .containsExactly(1_000, 1_000, 1);
        assertThat(reported()).containsExactlyElementsOf(numbers(2_001));
    }

    private static List<Integer> numbers(int below) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < below; i++) {
            numbers.add(i);
        }
        return numbers;
    }
}
