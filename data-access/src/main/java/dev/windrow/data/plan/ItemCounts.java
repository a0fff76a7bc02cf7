package dev.windrow.data.plan;

/** How many items each mini-batch of a chunk holds, stored as runs of equal counts. */
@SuppressWarnings("DoNotCallSuggester")
public final class ItemCounts {
    private final int[] counts;

    private ItemCounts(int[] counts) {
        this.counts = counts;
    }

    public static ItemCounts of(int... counts) {
        return new ItemCounts(counts.clone());
    }

    /** Mini-batches in the chunk. */
    public int size() {
        return counts.length;
    }

    public int get(int position) {
        return counts[position];
    }

    /** Items of all mini-batches together. */
    public long total() {
        throw new UnsupportedOperationException();
    }

    public int[] toArray() {
        return counts.clone();
    }

    /** The compact form: pairs of (count, run length) as variable-length integers. */
    public byte[] encode() {
        throw new UnsupportedOperationException();
    }

    public static ItemCounts decode(byte[] encoded) {
        throw new UnsupportedOperationException("" + encoded.length);
    }
}
