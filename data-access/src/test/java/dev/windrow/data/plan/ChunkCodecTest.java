package dev.windrow.data.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

final class ChunkCodecTest {
    private static final byte[] ROOT = "/data/".getBytes(UTF_8);

    @Test
    void refusesBytesThatAreNotAChunkAndNeverFailsOtherwise() {
        Random random = new Random(42);
        byte[] good = payload(names(300), 300);
        for (int round = 0; round < 20_000; round++) {
            byte[] bad = good.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                bad[random.nextInt(Math.min(bad.length, 60))] = (byte) random.nextInt();
            }
            byte[] cut = Arrays.copyOf(bad, random.nextInt(bad.length + 1));
            tryToDecode(bad);
            tryToDecode(cut);
        }
    }

    private static void tryToDecode(byte[] payload) {
        try {
            DecodedChunk chunk = PlanChunk.decode(payload);
            for (int i = 0; i < chunk.count(); i++) {
                chunk.appendNames(i, ByteBuffer.allocate(chunk.nameBytes(i)));
            }
        } catch (DataException e) {
            assertThat(e.code()).isEqualTo(DataError.PLAN_CORRUPT);
        }
    }

    @Test
    void refusesALengthThatTheBytesCannotHold() {
        byte[] payload = payload(names(300), 300);
        int at = 2 + 2 + ROOT.length + 2 + ItemCounts.of(300).encode().length;
        ByteBuffer.wrap(payload).putInt(at, ChunkCodec.MAX_RAW_BYTES);

        assertThatThrownBy(() -> PlanChunk.decode(payload))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("length of names: 268435456");
    }

    @Test
    void refusesMoreOrFewerNamesThanItems() {
        assertThatThrownBy(() -> PlanChunk.decode(payload("a\0b", 1)))
                .hasMessageContaining("as many names as items");
        assertThatThrownBy(() -> PlanChunk.decode(payload("a", 2)))
                .hasMessageContaining("as many names as items");
        assertThatThrownBy(() -> PlanChunk.decode(payload("a\0\0b", 3)))
                .hasMessageContaining("at least one byte");
    }

    @Test
    void keepsCountsAsRuns() {
        ItemCounts counts = ItemCounts.of(10, 10, 10, 3, 0, 0, 200_000);

        assertThat(counts.encode()).hasSizeLessThan(12);
        assertThat(ItemCounts.decode(counts.encode())).isEqualTo(counts);
        assertThat(ItemCounts.decode(counts.encode()).toArray())
                .containsExactly(10, 10, 10, 3, 0, 0, 200_000);
        assertThat(counts.total()).isEqualTo(200_033);
        assertThat(counts.get(3)).isEqualTo(3);
        assertThat(counts.get(5)).isZero();
    }

    @Test
    void givesMiniBatchesWithoutItemsNoBytes() {
        byte[] names = "a".getBytes(UTF_8);
        DecodedChunk chunk =
                PlanChunk.decode(
                        ChunkCodec.encode(
                                ROOT, ItemCounts.of(0, 1, 0), names, names.length, new Deflater()));

        assertThat(chunk.nameBytes(0)).isZero();
        assertThat(chunk.nameBytes(1)).isEqualTo(7);
        assertThat(chunk.nameBytes(2)).isZero();
    }

    private static String names(int count) {
        StringBuilder names = new StringBuilder("name0");
        for (int i = 1; i < count; i++) {
            names.append("\0name").append(i);
        }
        return names.toString();
    }

    private static byte[] payload(String names, int items) {
        byte[] raw = names.getBytes(UTF_8);
        return ChunkCodec.encode(
                ROOT, ItemCounts.of(items), raw, raw.length, new Deflater(Deflater.BEST_SPEED));
    }
}
