package dev.windrow.worker.ship;

import dev.windrow.worker.ship.LogTree.Look;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * What a server has of one file. Of each block that was sent a checksum is kept, because a file may
 * be cut and written on between two looks: its size alone says nothing.
 */
final class ShippedFile {

    /** Also the most that is sent at once: a small answer comes between two of them. */
    static final int BLOCK = 256 << 10;

    private static final long UNKNOWN = -1;
    private static final int SUMS_AT_FIRST = 4;

    private final String name;
    private Look look;
    private long sent;
    private long there = UNKNOWN;
    private long[] sums = new long[SUMS_AT_FIRST];
    private CRC32C open = new CRC32C();
    private boolean refused;
    private boolean verified;

    ShippedFile(String name, Look look) {
        this.name = name;
        this.look = look;
    }

    String name() {
        return name;
    }

    long sent() {
        return sent;
    }

    /** Bytes that wait. */
    long waiting() {
        return Math.max(0, look.size() - sent);
    }

    /** How many of them go with the next piece, so that none reaches into two blocks. */
    int next() {
        return (int) Math.min(waiting(), BLOCK - sent % BLOCK);
    }

    /**
     * True when a piece of it should be sent.
     *
     * @param last whether an empty file counts too; one that gets a first line is no empty file
     */
    boolean wants(boolean last) {
        return !refused && (waiting() > 0 || there > sent || (last && there == UNKNOWN));
    }

    boolean refused() {
        return refused;
    }

    void refuse() {
        refused = true;
    }

    /** True when all that was sent is known to be what the file holds. */
    boolean verified() {
        return verified;
    }

    /** Takes note of how it looks now; goes back when what was sent is no more what it holds. */
    void look(Look now, LogTree tree) throws IOException {
        if (now.equals(look)) {
            return;
        }
        look = now;
        verified = false;
        if (sent > 0 && (now.size() < sent || !isSame((sent - 1) / BLOCK, tree))) {
            verify(tree);
        }
    }

    /** The file has ended earlier than it seemed. */
    void endsAt(long size) {
        look = new Look(size, look.changedAt());
        verified = false;
    }

    /** Compares all that was sent with what the file holds, and goes back to the first change. */
    void verify(LogTree tree) throws IOException {
        for (long block = 0; block * BLOCK < sent; block++) {
            if (!isSame(block, tree)) {
                goBack(block * BLOCK);
            }
        }
        verified = true;
    }

    private boolean isSame(long block, LogTree tree) throws IOException {
        long from = block * BLOCK;
        int length = (int) Math.min(BLOCK, sent - from);
        byte[] bytes = tree.read(name, from, length);
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        long known = length == BLOCK ? sums[(int) block] : open.getValue();
        return bytes.length == length && sum.getValue() == known;
    }

    /** The server has these bytes at the end of what was sent. */
    void took(byte[] bytes) {
        open.update(bytes);
        sent += bytes.length;
        there = sent;
        verified = false;
        if (bytes.length > 0 && sent % BLOCK == 0) {
            int block = (int) (sent / BLOCK) - 1;
            if (block >= sums.length) {
                sums = Arrays.copyOf(sums, 2 * sums.length);
            }
            sums[block] = open.getValue();
            open = new CRC32C();
        }
    }

    /** The server has another size than was thought. */
    void isThere(long size) {
        there = size;
        goBack(Math.min(size, sent));
    }

    private void goBack(long to) {
        if (to < sent) {
            sent = to / BLOCK * BLOCK;
            open = new CRC32C();
            verified = false;
        }
    }
}
