package dev.windrow.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds a compact blob: numbers as varints, text with its length in front.
 *
 * <p>Reused from row to row; not for two threads at once.
 */
final class ByteWriter {

    private byte[] buffer = new byte[256];
    private int size;
    private String lastText = "";
    private byte[] lastBytes = {0}; // the empty text: length 0

    /** Writes a number of 0 or more, seven bits a byte, the low ones first. */
    void number(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("number: " + value + " (expected: 0 or more)");
        }
        reserve(9);
        long rest = value;
        while (rest > 0x7f) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    /**
     * Writes any string so that it comes back equal. UTF-8 cannot hold a lone surrogate; such a
     * string, which a script's error message may be, is written as UTF-16 and marked by the lowest
     * bit of the length.
     */
    void text(String text) {
        if (Texts.hasLoneSurrogate(text)) {
            number(text.length() * 4L + 1);
            for (int i = 0; i < text.length(); i++) {
                reserve(2);
                buffer[size++] = (byte) (text.charAt(i) >>> 8);
                buffer[size++] = (byte) text.charAt(i);
            }
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length * 2L);
        bytes(utf8);
    }

    /** Like {@link #text}, for names that repeat from row to row. */
    void repeatedText(String text) {
        if (!text.equals(lastText)) {
            ByteWriter once = new ByteWriter();
            once.text(text);
            lastText = text;
            lastBytes = once.take();
        }
        bytes(lastBytes);
    }

    /** Returns what was written, and starts anew. */
    byte[] take() {
        byte[] taken = Arrays.copyOf(buffer, size);
        size = 0;
        return taken;
    }

    private void bytes(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    private void reserve(int more) {
        if (buffer.length - size < more) {
            buffer =
                    Arrays.copyOf(
                            buffer, Math.max(Math.addExact(size, more), size + (size >> 1) + 256));
        }
    }
}
