package dev.windrow.data.plan;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How many items each mini-batch of a chunk holds; kept and stored as runs of equal counts. */
public final class ItemCounts {
    /** Mini-batches a chunk holds at most. */
    public static final int MAX_SIZE = 1_000;

    private final int[] runCounts;
    private final int[] runEnds;

    private ItemCounts(int[] runCounts, int[] runEnds) {
        this.runCounts = runCounts;
        this.runEnds = runEnds;
    }

    /** One count per mini-batch, at least one and at most {@link #MAX_SIZE}; none negative. */
    public static ItemCounts of(int... counts) {
        check(
                counts.length >= 1 && counts.length <= MAX_SIZE,
                "item counts",
                counts.length,
                "1 to " + MAX_SIZE);
        int[] values = new int[counts.length];
        int[] ends = new int[counts.length];
        int runs = 0;
        for (int i = 0; i < counts.length; i++) {
            check(counts[i] >= 0, "item count", counts[i], "0 or more");
            if (runs == 0 || values[runs - 1] != counts[i]) {
                values[runs++] = counts[i];
            }
            ends[runs - 1] = i + 1;
        }
        return new ItemCounts(Arrays.copyOf(values, runs), Arrays.copyOf(ends, runs));
    }

    /** Mini-batches in the chunk. */
    public int size() {
        return runEnds[runEnds.length - 1];
    }

    public int get(int position) {
        int found = Arrays.binarySearch(runEnds, position + 1);
        return runCounts[found < 0 ? -found - 1 : found];
    }

    /** Items of all mini-batches together. */
    public long total() {
        long total = 0;
        for (int i = 0; i < runEnds.length; i++) {
            total += (long) runCounts[i] * (runEnds[i] - runStart(i));
        }
        return total;
    }

    public int[] toArray() {
        int[] counts = new int[size()];
        for (int i = 0; i < runEnds.length; i++) {
            Arrays.fill(counts, runStart(i), runEnds[i], runCounts[i]);
        }
        return counts;
    }

    /** The compact form: pairs of (count, run length) as variable-length integers. */
    public byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(8);
        for (int i = 0; i < runEnds.length; i++) {
            writeVarint(out, runCounts[i]);
            writeVarint(out, runEnds[i] - runStart(i));
        }
        return out.toByteArray();
    }

    /** Reads {@link #encode()}'s bytes; anything else is refused as {@code PLAN_CORRUPT}. */
    public static ItemCounts decode(byte[] encoded) {
        List<int[]> runs = new ArrayList<>();
        int[] at = {0};
        int end = 0;
        while (at[0] < encoded.length) {
            int count = readVarint(encoded, at);
            int length = readVarint(encoded, at);
            check(
                    length >= 1 && length <= MAX_SIZE - end,
                    "run of item counts",
                    length,
                    "1 to " + (MAX_SIZE - end));
            end += length;
            runs.add(new int[] {count, end});
        }
        check(end > 0, "item counts", "none", "at least one mini-batch");
        return new ItemCounts(
                runs.stream().mapToInt(run -> run[0]).toArray(),
                runs.stream().mapToInt(run -> run[1]).toArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ItemCounts counts && Arrays.equals(toArray(), counts.toArray());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toArray());
    }

    @Override
    public String toString() {
        return size() + " mini-batches, " + total() + " items";
    }

    private int runStart(int run) {
        return run == 0 ? 0 : runEnds[run - 1];
    }

    private static void writeVarint(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static int readVarint(byte[] encoded, int[] at) {
        long value = 0;
        for (int shift = 0; shift <= 28; shift += 7) {
            check(
                    at[0] < encoded.length,
                    "item counts",
                    encoded.length + " bytes",
                    "a whole number at the end");
            byte b = encoded[at[0]++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                check(
                        value <= Integer.MAX_VALUE,
                        "item count",
                        value,
                        "at most " + Integer.MAX_VALUE);
                return (int) value;
            }
        }
        throw DataException.of(
                DataError.PLAN_CORRUPT,
                "item counts",
                "a number of more than 5 bytes",
                "at most 5");
    }

    private static void check(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw DataException.of(DataError.PLAN_CORRUPT, name, value, rule);
        }
    }
}
