package dev.windrow.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.Trouble;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostileInputTest {

    private static final AgentMessages CODEC = new AgentMessages();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "want",
                "{}",
                "null",
                "[]",
                "[4]",
                "[\"want\"]",
                "[\"want\",\"4\"]",
                "[\"want\",4.5]",
                "[\"want\",4000000000]",
                "[\"want\",4",
                "[\"want\",4] 5",
                "[\"want\",4]]",
                "[\"return\",[[1,1,5,5]]]",
                "[\"return\",[[1,1,5]]]",
                "[\"return\",4]",
                "[\"plan_chunk\",[1,1],0,0,[1],\"*\",\"\"]",
                "[\"heartbeat\",[[],[0,0],[0,0],-1]]"
            })
    void refusesWhatIsNoMessage(String text) {
        assertThatThrownBy(() -> Wires.read(CODEC, text)).isInstanceOf(WireException.class);
    }

    @Test
    void skipsComponentsOfANewerVersion() throws IOException {
        assertThat(Wires.read(CODEC, "[\"want\",4,\"new\",[1,{\"a\":[]}],null]"))
                .contains(new AgentMessage.Want(4));
    }

    @Test
    void passesOverMessagesOfANewerVersion() throws IOException {
        assertThat(Wires.read(CODEC, "[\"dance\",[1,2],{\"tempo\":3}]")).isEmpty();
    }

    @Test
    void takesATroubleOfANewerVersionForTheMostGeneral() throws IOException {
        assertThat(Wires.read(CODEC, "[\"broken\",\"FLOOD\",\"water\"]"))
                .contains(new AgentMessage.Broken(Trouble.INTERNAL, "water"));
    }

    @Test
    void refusesToNestWithoutEnd() {
        String deep = "[\"want\",4," + "[".repeat(100_000) + "]".repeat(100_000) + "]";

        assertThatThrownBy(() -> Wires.read(CODEC, deep)).isInstanceOf(WireException.class);
    }

    @Test
    void refusesListsWithoutEnd() {
        String list = "[\"return\",[" + "[1,1,5,6],".repeat(200_000) + "[1,1,5,6]]]";

        assertThatThrownBy(() -> Wires.read(CODEC, list))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("at most 131072");
    }

    @Test
    void refusesTextsWithoutEnd() {
        String note = "[\"note\",\"kind\",\"" + "x".repeat(5 << 20) + "\"]";

        assertThatThrownBy(() -> Wires.read(CODEC, note)).isInstanceOf(WireException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, (1 << 20) + 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
    void refusesFramesOfImpossibleLength(int head) {
        byte[] bytes = ByteBuffer.allocate(100).putInt(head).array();

        assertThatThrownBy(() -> Wires.input(CODEC, bytes).next())
                .isInstanceOf(WireException.class)
                .hasMessageContaining("expected: 1 to 1048576");
    }

    @Test
    void refusesAMessageThatGoesOnForEver() {
        byte[] frame = new byte[4 + (1 << 20)];
        ByteBuffer.wrap(frame).putInt((1 << 20) | Integer.MIN_VALUE);
        Arrays.fill(frame, 4, frame.length, (byte) ' ');

        assertThatThrownBy(() -> new MessageInput<>(CODEC, new Endless(frame)).next())
                .isInstanceOf(WireException.class);
    }

    @Test
    void saysThatAMessageIsCutOff() {
        byte[] whole = {0, 0, 0, 10, '[', '"', 'w', 'a', 'n', 't', '"', ',', '4', ']'};

        for (int length = 1; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Wires.input(CODEC, part).next())
                    .as("%d bytes", length)
                    .isInstanceOf(EOFException.class);
        }
    }

    @Test
    void neverFailsInAnotherWayOnNoise() {
        Random random = new Random(12);
        byte[] valid =
                "[\"results\",[[7,1,2,0,5,6,7,3,\"e1-i0-w0.rows\",0,30,0],[8,1,2,0,5,6,7,\"TIMEOUT\",\"a\",\"b\",\"c\",\"d\"]]]"
                        .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 20_000; i++) {
            byte[] noisy = valid.clone();
            for (int n = random.nextInt(1, 4); n > 0; n--) {
                noisy[random.nextInt(noisy.length)] = (byte) random.nextInt(32, 127);
            }
            String text = new String(noisy, StandardCharsets.US_ASCII);
            Throwable thrown = catchThrowable(() -> Wires.read(CODEC, text));
            assertThat(thrown == null || thrown instanceof WireException).as(text).isTrue();
        }
    }

    /** The same frame again and again. */
    private static final class Endless extends InputStream {
        private final byte[] frame;
        private int at;

        Endless(byte[] frame) {
            this.frame = frame;
        }

        @Override
        public int read() {
            int one = frame[at] & 0xff;
            at = (at + 1) % frame.length;
            return one;
        }

        @Override
        public int read(byte[] target, int offset, int count) {
            int part = Math.min(count, frame.length - at);
            System.arraycopy(frame, at, target, offset, part);
            at = (at + part) % frame.length;
            return part;
        }
    }
}
