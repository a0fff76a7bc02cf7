package dev.windrow.runtime.transfer;

import dev.windrow.disk.VisibleFiles.Entry;
import dev.windrow.protocol.transfer.FoundFile;
import dev.windrow.protocol.transfer.TransferOrder;
import dev.windrow.protocol.transfer.TransferResult;
import dev.windrow.protocol.wire.FoundFiles;
import dev.windrow.protocol.wire.MessageText;
import dev.windrow.protocol.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The files at one place of a volume that only pods see. Calls block until an agent there answers;
 * they throw {@link TransferException} when it cannot, or not yet.
 */
public final class VolumeFiles {

    /** Asked for at one time, so that no answer takes longer than a request may. */
    private static final long PIECE = 8L << 20;

    private static final int BUFFER = 64 << 10;
    private static final int DOCUMENT_MAX = 24 << 20;
    private static final int REASON_MAX = 2_000;

    private final Transfers transfers;
    private final VolumeKey volume;
    private final String place;

    VolumeFiles(Transfers transfers, VolumeKey volume, String place) {
        this.transfers = transfers;
        this.volume = volume;
        this.place = place;
    }

    /** Takes bytes of a file; blocks while its own taker is behind. */
    @FunctionalInterface
    public interface Sink {
        /**
         * @param bytes not used again
         */
        void write(byte[] bytes);
    }

    /** The next files after this path, in the order of their paths. */
    public List<Entry> after(String last, int most) {
        return document(new TransferOrder.ListFiles(place, last, most));
    }

    /** One file; empty when there is none that may be seen. */
    public Optional<Entry> find(String path) {
        return document(new TransferOrder.FindFile(place, path)).stream().findFirst();
    }

    private List<Entry> document(TransferOrder order) {
        try {
            return transfers.run(
                    volume,
                    order,
                    (result, body) -> check(result, body) ? entries(body) : List.of());
        } catch (IOException e) {
            throw brokenOff(e);
        } catch (InterruptedException _) {
            throw interrupted();
        }
    }

    private static List<Entry> entries(InputStream body) throws IOException {
        try {
            return MessageText.read(new FoundFiles(), body.readNBytes(DOCUMENT_MAX))
                    .orElseGet(List::of)
                    .stream()
                    .map(VolumeFiles::entry)
                    .toList();
        } catch (WireException e) {
            throw new IOException(e);
        }
    }

    private static Entry entry(FoundFile one) {
        return new Entry(one.path(), one.bytes(), Instant.ofEpochMilli(one.modifiedMillis()));
    }

    /**
     * Copies bytes of a file, however often the agent has to be asked.
     *
     * @param from the first byte
     * @param to the one after the last
     */
    public void copy(String path, long from, long to, Sink sink) {
        long[] at = {from};
        while (at[0] < to) {
            long before = at[0];
            try {
                piece(path, at, Math.min(PIECE, to - before), sink);
            } catch (IOException e) {
                // Whoever reads slowly does not get a piece in one request.
                if (at[0] == before) {
                    throw brokenOff(e);
                }
            } catch (InterruptedException _) {
                throw interrupted();
            }
        }
    }

    private void piece(String path, long[] at, long length, Sink sink)
            throws IOException, InterruptedException {
        long end = at[0] + length;
        boolean there =
                transfers.run(
                        volume,
                        new TransferOrder.ReadBytes(place, path, at[0], length),
                        (result, body) -> {
                            boolean done = check(result, body);
                            while (done && at[0] < end) {
                                int most = (int) Math.min(BUFFER, end - at[0]);
                                byte[] bytes = body.readNBytes(most);
                                if (bytes.length == 0) {
                                    throw new IOException("the agent sends too little");
                                }
                                sink.write(bytes);
                                at[0] += bytes.length;
                            }
                            return done;
                        });
        if (!there) {
            throw TransferException.lasting("FILE_NOT_FOUND", "path: %s is gone".formatted(path));
        }
    }

    /** Whether what was asked for follows. */
    static boolean check(TransferResult result, InputStream body) throws IOException {
        return switch (result) {
            case DONE -> true;
            case MISSING -> false;
            case FAILED ->
                    throw TransferException.lasting(
                            "TRANSFER_FAILED",
                            new String(body.readNBytes(REASON_MAX), StandardCharsets.UTF_8));
        };
    }

    private static TransferException brokenOff(IOException e) {
        return TransferException.passing(
                "TRANSFER_LOST", "volume: the answer of its pod breaks off; try again: " + e);
    }

    private static TransferException interrupted() {
        Thread.currentThread().interrupt();
        return TransferException.passing("TRANSFER_LOST", "volume: the server ends; try again");
    }
}
