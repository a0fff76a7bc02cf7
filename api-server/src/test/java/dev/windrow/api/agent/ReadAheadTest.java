package dev.windrow.api.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.agent.ReadAhead.Next;
import dev.windrow.protocol.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ReadAheadTest {

    private static final int MIB = 1 << 20;

    private final MessageRoom room = new MessageRoom(40L * MIB);
    private final ReadAhead read = new ReadAhead(room);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private String next() throws InterruptedException {
        byte[] message = Objects.requireNonNull(read.next(0));
        read.done(message);
        return new String(message, StandardCharsets.US_ASCII);
    }

    @Test
    void joinsThePiecesOfAMessage() throws InterruptedException {
        assertThat(read.add(bytes("[\"want\","), false)).isEqualTo(Next.READ_ON);
        assertThat(read.next(0)).isNull();
        assertThat(read.add(bytes("4]"), true)).isEqualTo(Next.READ_ON);
        assertThat(read.add(bytes("[]"), true)).isEqualTo(Next.READ_ON);
        assertThat(next()).isEqualTo("[\"want\",4]");
        assertThat(next()).isEqualTo("[]");
        assertThat(room.taken()).isZero();
    }

    @Test
    void takesTheLongestMessageAndNothingLonger() {
        byte[] piece = new byte[MIB];
        for (int at = 0; at < Protocol.MESSAGE_MAX; at += MIB) {
            assertThat(read.add(piece, false)).isEqualTo(Next.READ_ON);
        }
        assertThat(read.add(new byte[1], false)).isEqualTo(Next.REFUSE);
        assertThat(read.add(new byte[0], true)).isEqualTo(Next.PAUSE);
    }

    @Test
    void pausesWithManyShortMessagesUntilHalfAreHandedOn() throws InterruptedException {
        for (int i = 1; i < 64; i++) {
            assertThat(read.add(bytes("[]"), true)).isEqualTo(Next.READ_ON);
        }
        assertThat(read.add(bytes("[]"), true)).isEqualTo(Next.PAUSE);
        int more = 0;
        byte[] message = read.next(0);
        while (message != null && !read.done(message)) {
            more++;
            message = read.next(0);
        }
        assertThat(more).isEqualTo(31);
    }

    @Test
    void pausesWithFewLongMessages() throws InterruptedException {
        byte[] large = new byte[3 * MIB];
        assertThat(read.add(large, true)).isEqualTo(Next.READ_ON);
        assertThat(read.add(large, true)).isEqualTo(Next.PAUSE);
        assertThat(read.done(Objects.requireNonNull(read.next(0)))).as("3 MiB are left").isFalse();
        assertThat(read.done(Objects.requireNonNull(read.next(0)))).isTrue();
    }

    /** Those that still arrive count as well. */
    @Test
    void allAgentsTogetherHoldNoMoreThanThereIsRoomFor() throws InterruptedException {
        ReadAhead other = new ReadAhead(room);
        byte[] half = new byte[20 * MIB];
        assertThat(read.add(half, false)).isEqualTo(Next.READ_ON);
        assertThat(other.add(half, true)).isEqualTo(Next.PAUSE);
        assertThat(read.add(new byte[1], true)).isEqualTo(Next.COME_AGAIN);
        other.done(Objects.requireNonNull(other.next(0)));
        assertThat(read.add(new byte[1], true)).isEqualTo(Next.PAUSE);
    }

    @Test
    void whoIsGoneHoldsNothing() throws InterruptedException {
        assertThat(read.add(new byte[MIB], true)).isEqualTo(Next.READ_ON);
        assertThat(read.add(new byte[MIB], false)).isEqualTo(Next.READ_ON);
        assertThat(room.taken()).isEqualTo(2 * MIB);
        read.close();
        assertThat(room.taken()).isZero();
        assertThat(read.add(new byte[MIB], true)).isEqualTo(Next.PAUSE);
        assertThat(read.next(0)).isNull();
        assertThat(room.taken()).isZero();
    }
}
