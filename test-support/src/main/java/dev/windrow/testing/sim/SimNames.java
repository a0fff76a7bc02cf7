package dev.windrow.testing.sim;

import dev.windrow.worker.core.ItemNames;
import java.nio.ByteBuffer;

/** A chunk whose items have no names: its payload holds the first index and the item counts. */
record SimNames(int first, int[] counts) implements ItemNames {

    static SimNames decode(byte[] payload) {
        ByteBuffer in = ByteBuffer.wrap(payload);
        int first = in.getInt();
        int[] counts = new int[in.remaining() / Integer.BYTES];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = in.getInt();
        }
        return new SimNames(first, counts);
    }

    byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate((1 + counts.length) * Integer.BYTES);
        out.putInt(first);
        for (int count : counts) {
            out.putInt(count);
        }
        return out.array();
    }

    @Override
    public int count(int place) {
        return counts[place];
    }

    @Override
    public int length(int place) {
        return 0;
    }

    @Override
    public void write(int place, ByteBuffer target) {}
}
