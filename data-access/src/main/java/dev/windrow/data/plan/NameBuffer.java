package dev.windrow.data.plan;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import java.util.Arrays;

/** Collects names, joined by NUL bytes, up to a bound. */
final class NameBuffer {
    private final int bound;
    private byte[] bytes = new byte[64 << 10];
    private int length;

    NameBuffer(int bound) {
        this.bound = bound;
    }

    void clear() {
        length = 0;
    }

    void add(byte[] name) {
        long wanted = (long) length + name.length + 1;
        if (wanted > bound) {
            throw DataException.of(
                    DataError.PLAN_TOO_LARGE,
                    "mini_batch_size",
                    "file names of more than " + bound + " bytes in one mini-batch",
                    "fewer files per mini-batch");
        }
        if (wanted > bytes.length) {
            bytes =
                    Arrays.copyOf(
                            bytes, (int) Math.min(bound, Math.max(wanted, bytes.length * 2L)));
        }
        if (length > 0) {
            bytes[length++] = 0;
        }
        System.arraycopy(name, 0, bytes, length, name.length);
        length += name.length;
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }
}
