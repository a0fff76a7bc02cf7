package dev.windrow.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RoundTripTest {

    private static final int MESSAGES = 2_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void carriesEveryMessageOfAnAgentUnchanged(long seed) throws IOException {
        carriesAll(new AgentMessages(), AgentMessage.class, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7, 8, 9, 10})
    void carriesEveryMessageOfTheEngineUnchanged(long seed) throws IOException {
        carriesAll(new EngineMessages(), EngineMessage.class, seed);
    }

    private static <T> void carriesAll(MessageCodec<T> codec, Class<T> kind, long seed)
            throws IOException {
        RandomMessages random = new RandomMessages(seed);
        List<T> sent = new ArrayList<>();
        Set<Class<?>> types = new HashSet<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MessageOutput<T> out = new MessageOutput<>(codec, bytes)) {
            for (int i = 0; i < MESSAGES; i++) {
                T message = random.any(kind);
                sent.add(message);
                types.add(message.getClass());
                out.send(message);
            }
        }
        MessageInput<T> in = Wires.input(codec, bytes.toByteArray());
        for (T message : sent) {
            assertThat(in.next()).get().usingRecursiveComparison().isEqualTo(message);
        }
        assertThat(in.next()).isEmpty();
        assertThat(types).containsExactlyInAnyOrder(kind.getPermittedSubclasses());
    }

    @Test
    void spreadsALargeMessageOverFramesOfLimitedSize() throws IOException {
        byte[] payload = new byte[5 << 20];
        new Random(11).nextBytes(payload);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MessageOutput<EngineMessage> out = new MessageOutput<>(new EngineMessages(), bytes)) {
            out.send(new EngineMessage.ChunkPayload(3, payload));
            out.send(new EngineMessage.Bye(true));
        }
        MessageInput<EngineMessage> in = Wires.input(new EngineMessages(), bytes.toByteArray());

        assertThat(FrameLengths.of(bytes.toByteArray()))
                .hasSizeGreaterThan(5)
                .allSatisfy(length -> assertThat(length).isLessThanOrEqualTo(1 << 20));
        assertThat(in.next())
                .get()
                .usingRecursiveComparison()
                .isEqualTo(new EngineMessage.ChunkPayload(3, payload));
        assertThat(in.next()).contains(new EngineMessage.Bye(true));
    }
}
