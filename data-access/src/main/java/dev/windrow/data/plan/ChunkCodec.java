package dev.windrow.data.plan;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The stored form of a chunk.
 *
 * <p>Version 1, big-endian: u8 version, u8 method (0 stored, 1 deflate), u16 length of the root,
 * root, u16 length of the item counts, item counts, u32 raw length, names. The raw names are
 * relative, joined by NUL bytes.
 */
final class ChunkCodec {
    /** Raw bytes of names in one chunk; only a mini-batch of millions of files comes near it. */
    static final int MAX_RAW_BYTES = 256 << 20;

    private static final byte VERSION = 1;
    private static final byte STORED = 0;
    private static final byte DEFLATED = 1;
    private static final int SMALL = 128;

    /**
     * Deflate cannot shrink more than 1032 times, so that a short payload cannot ask for much
     * memory.
     */
    private static final long MAX_RATIO = 1032;

    private ChunkCodec() {}

    static byte[] encode(
            byte[] root, ItemCounts counts, byte[] names, int length, Deflater deflater) {
        byte[] encodedCounts = counts.encode();
        int head = 2 + 2 + root.length + 2 + encodedCounts.length + 4;
        byte[] out = new byte[head + length];
        int packed = length <= SMALL ? 0 : deflate(names, length, out, head, deflater);
        if (packed == 0) {
            System.arraycopy(names, 0, out, head, length);
        }
        ByteBuffer.wrap(out)
                .put(VERSION)
                .put(packed == 0 ? STORED : DEFLATED)
                .putShort((short) root.length)
                .put(root)
                .putShort((short) encodedCounts.length)
                .put(encodedCounts)
                .putInt(length);
        return packed == 0 ? out : Arrays.copyOf(out, head + packed);
    }

    /** Bytes written, or 0 when the names do not shrink. */
    private static int deflate(byte[] names, int length, byte[] out, int head, Deflater deflater) {
        deflater.reset();
        deflater.setInput(names, 0, length);
        deflater.finish();
        int packed = deflater.deflate(out, head, length);
        return deflater.finished() ? packed : 0;
    }

    static DecodedChunk decode(byte[] payload) {
        try {
            ByteBuffer in = ByteBuffer.wrap(payload);
            byte version = in.get();
            check(version == VERSION, "version of a plan chunk", version, "1");
            byte method = in.get();
            check(
                    method == STORED || method == DEFLATED,
                    "method of a plan chunk",
                    method,
                    "0 or 1");
            byte[] root = take(in, in.getShort() & 0xffff);
            check(
                    root.length > 0 && root[0] == '/',
                    "root of a plan chunk",
                    root.length,
                    "an absolute path");
            ItemCounts counts = ItemCounts.decode(take(in, in.getShort() & 0xffff));
            int length = in.getInt();
            byte[] names = names(in, method, length);
            return new DecodedChunk(root, counts, names);
        } catch (BufferUnderflowException e) {
            throw corrupt("plan chunk", payload.length + " bytes", "all bytes its lengths name");
        }
    }

    private static byte[] names(ByteBuffer in, byte method, int length) {
        check(
                length >= 0 && length <= MAX_RAW_BYTES,
                "length of names",
                length,
                "0 to " + MAX_RAW_BYTES);
        if (method == STORED) {
            check(
                    in.remaining() == length,
                    "length of names",
                    length,
                    "the " + in.remaining() + " bytes left");
            return take(in, length);
        }
        check(
                length <= in.remaining() * MAX_RATIO,
                "length of names",
                length,
                "what " + in.remaining() + " bytes can hold");
        byte[] names = new byte[length];
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(in);
            int read = inflater.inflate(names);
            // One more call, because the end of the stream may follow the last byte.
            boolean ended =
                    inflater.finished()
                            || (inflater.inflate(new byte[1]) == 0 && inflater.finished());
            check(
                    read == length && ended,
                    "names of a plan chunk",
                    read + " bytes",
                    length + " bytes, then the end");
        } catch (DataFormatException e) {
            throw corrupt(
                    "names of a plan chunk", String.valueOf(e.getMessage()), "a deflate stream");
        }
        return names;
    }

    private static byte[] take(ByteBuffer in, int length) {
        check(
                length <= in.remaining(),
                "length in a plan chunk",
                length,
                "at most " + in.remaining());
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    static void check(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw corrupt(name, value, rule);
        }
    }

    private static DataException corrupt(String name, Object value, String rule) {
        return DataException.of(DataError.PLAN_CORRUPT, name, value, rule);
    }
}
