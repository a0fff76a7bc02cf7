package dev.windrow.store;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import java.nio.charset.StandardCharsets;

/** Reads what a {@link ByteWriter} wrote. */
final class ByteReader {

    private final byte[] bytes;
    private int at;

    ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte next = bytes[advance(1)];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged();
    }

    int smallNumber() {
        long value = number();
        if (value > Integer.MAX_VALUE) {
            throw damaged();
        }
        return (int) value;
    }

    String text() {
        long mark = number();
        int length = length(mark >>> 1);
        int from = advance(length);
        return (mark & 1) == 0
                ? new String(bytes, from, length, StandardCharsets.UTF_8)
                : utf16(from, length);
    }

    /** By hand: the decoders of the JDK would replace the lone surrogates. */
    private String utf16(int from, int length) {
        char[] chars = new char[length / 2];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) ((bytes[from + 2 * i] << 8) | (bytes[from + 2 * i + 1] & 0xff));
        }
        return new String(chars);
    }

    private int length(long value) {
        if (value > bytes.length - at) {
            throw damaged();
        }
        return (int) value;
    }

    private int advance(int by) {
        if (bytes.length - at < by) {
            throw damaged();
        }
        int from = at;
        at += by;
        return from;
    }

    private static EngineException damaged() {
        return new EngineException(
                ErrorCode.LEDGER_UNAVAILABLE,
                "ledger: a row is damaged (expected: bytes that this program wrote); put back a"
                        + " copy of the ledger, or submit the job anew");
    }
}
