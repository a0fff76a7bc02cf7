package dev.windrow.data.plan;

import static dev.windrow.data.TestTree.latin;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.data.DataException;
import dev.windrow.data.TestTree;
import dev.windrow.data.listing.FileCursor;
import dev.windrow.data.listing.FileListing;
import dev.windrow.data.listing.FolderListing;
import dev.windrow.data.listing.ListingNotice;
import dev.windrow.model.PlanLimits;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FilePlannerTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void givesEachMiniBatchItsAbsoluteNames(int size, @TempDir Path folder) {
        List<byte[]> files = TestTree.random(folder, 5).files();
        List<List<String>> wanted = new ArrayList<>();
        for (int from = 0; from < files.size(); from += size) {
            List<byte[]> part = files.subList(from, Math.min(files.size(), from + size));
            wanted.add(
                    part.stream()
                            .map(name -> latin((folder + "/").getBytes(UTF_8)) + latin(name))
                            .toList());
        }

        assertThat(miniBatches(chunks(FolderListing.of(folder), size))).isEqualTo(wanted);
    }

    @Test
    void beginsWithSmallChunks() {
        List<PlanChunk> chunks = chunks(counted(10_000), 2);

        assertThat(chunks)
                .extracting(PlanChunk::count)
                .containsExactly(32, 128, 512, 1000, 1000, 1000, 1000, 328);
        assertThat(chunks).extracting(PlanChunk::firstIndex).startsWith(0L, 32L, 160L, 672L, 1672L);
        assertThat(chunks.stream().mapToLong(chunk -> chunk.itemCounts().total()).sum())
                .isEqualTo(10_000);
    }

    @Test
    void endsAChunkBeforeAMebibyteOfNames() {
        FileListing longNames = counted(3_000, "x".repeat(1_000));

        for (PlanChunk chunk : chunks(longNames, 10)) {
            assertThat(chunk.itemCounts().total() * 1_010).isLessThan(1 << 20);
        }
    }

    @Test
    void putsAHugeMiniBatchIntoAChunkOfItsOwn() {
        List<PlanChunk> chunks = chunks(counted(250_000), 100_000);

        assertThat(chunks)
                .extracting(chunk -> chunk.itemCounts().total())
                .containsExactly(100_000L, 100_000L, 50_000L);
        assertThat(miniBatches(chunks).get(2)).hasSize(50_000).startsWith("/data/file-0200000");
    }

    @Test
    void goesOnAfterAnyChunkWithTheSameMiniBatches() {
        FileListing listing = counted(3_333);
        List<PlanChunk> whole = chunks(listing, 3);
        List<List<String>> wanted = miniBatches(whole);
        for (PlanChunk stored : whole) {
            long next = stored.firstIndex() + stored.count();
            try (FilePlanner planner =
                    FilePlanner.resume(listing, 3, next, stored.cursor(), notice -> {})) {
                List<PlanChunk> rest = new ArrayList<>();
                planner.forEachRemaining(rest::add);
                assertThat(miniBatches(rest)).isEqualTo(wanted.subList((int) next, wanted.size()));
                assertThat(rest)
                        .allSatisfy(chunk ->
                                assertThat(chunk.firstIndex()).isGreaterThanOrEqualTo(next));
            }
        }
    }

    @Test
    void storesTypicalNamesInFewBytes() {
        List<PlanChunk> chunks = chunks(counted(100_000), 10);

        assertThat(chunks.stream().mapToLong(chunk -> chunk.payload().length).sum())
                .isLessThan(12L * 100_000);
    }

    @Test
    void refusesMoreMiniBatchesThanAPlanMayHold() {
        byte[] cursor = "file-0000000".getBytes(UTF_8);
        int almost = PlanLimits.MINI_BATCHES_MAX - 2;
        try (FilePlanner planner =
                FilePlanner.resume(counted(7), 2, almost, cursor, notice -> {})) {
            PlanChunk last = planner.next();
            assertThat(last.firstIndex()).isEqualTo(almost);
            assertThat(last.count()).isEqualTo(2);
            assertThat(planner.hasNext()).isTrue();
            assertThatThrownBy(planner::next)
                    .isInstanceOf(DataException.class)
                    .hasMessage(
                            "mini_batch_size: 2, too small for more than 200000000 items (expected:"
                                    + " at most 100000000 mini-batches; more files in each)");
        }
    }

    @Test
    void aPlanMayHoldAsManyMiniBatchesAsItMay() {
        byte[] cursor = "file-0000000".getBytes(UTF_8);
        int almost = PlanLimits.MINI_BATCHES_MAX - 2;
        try (FilePlanner planner =
                FilePlanner.resume(counted(5), 2, almost, cursor, notice -> {})) {
            assertThat(planner.next().count()).isEqualTo(2);
            assertThat(planner.hasNext()).isFalse();
        }
    }

    /** Names that do not shrink, because they are drawn by lot. */
    @Test
    void refusesAMiniBatchWhoseNamesAreTooManyForAMessage() {
        try (FilePlanner planner =
                FilePlanner.start(new LotteryListing(200_000), 200_000, notice -> {})) {
            assertThatThrownBy(planner::next)
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith("mini_batch_size: file names of one mini-batch of ")
                    .hasMessageEndingWith("(expected: at most 16777216; fewer files in each)");
        }
        try (FilePlanner planner =
                FilePlanner.start(new LotteryListing(200_000), 100_000, notice -> {})) {
            assertThat(planner.next().payload().length).isBetween(8 << 20, PlanLimits.PAYLOAD_MAX);
        }
    }

    @Test
    void hasNoChunkForNoFiles() {
        try (FilePlanner planner = FilePlanner.start(counted(0), 10, notice -> {})) {
            assertThat(planner.hasNext()).isFalse();
            assertThatThrownBy(planner::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    private static List<PlanChunk> chunks(FileListing listing, int size) {
        List<PlanChunk> chunks = new ArrayList<>();
        try (FilePlanner planner = FilePlanner.start(listing, size, notice -> {})) {
            planner.forEachRemaining(chunks::add);
        }
        return chunks;
    }

    private static List<List<String>> miniBatches(List<PlanChunk> chunks) {
        List<List<String>> all = new ArrayList<>();
        for (PlanChunk chunk : chunks) {
            DecodedChunk decoded = PlanChunk.decode(chunk.payload());
            assertThat(decoded.count()).isEqualTo(chunk.count());
            for (int i = 0; i < decoded.count(); i++) {
                ByteBuffer names = ByteBuffer.allocate(decoded.nameBytes(i));
                decoded.appendNames(i, names);
                assertThat(names.hasRemaining()).isFalse();
                assertThat(decoded.itemCount(i)).isEqualTo(chunk.itemCounts().get(i));
                all.add(Arrays.asList(latin(names.array()).split("\0", -1)));
            }
        }
        return all;
    }

    private static FileListing counted(int files) {
        return counted(files, "");
    }

    private static FileListing counted(int files, String padding) {
        return new CountedListing(files, padding);
    }

    /** So many files that making them on disk would take too long for a test. */
    private record CountedListing(int files, String padding) implements FileListing {
        @Override
        public byte[] root() {
            return "/data/".getBytes(UTF_8);
        }

        @Override
        public FileCursor open(Consumer<ListingNotice> notices) {
            return new CountedCursor(this, 0);
        }

        @Override
        public FileCursor openAfter(byte[] last, Consumer<ListingNotice> notices) {
            int number = Integer.parseInt(new String(last, "file-".length(), 7, UTF_8));
            return new CountedCursor(this, number + 1);
        }
    }

    private record LotteryListing(int files) implements FileListing {
        @Override
        public byte[] root() {
            return "/data/".getBytes(UTF_8);
        }

        @Override
        public FileCursor open(Consumer<ListingNotice> notices) {
            SplittableRandom random = new SplittableRandom(7);
            return new FileCursor() {
                private int left = files;

                @Override
                public boolean hasNext() {
                    return left > 0;
                }

                @Override
                public byte[] next() {
                    left--;
                    byte[] name = new byte[100];
                    random.nextBytes(name);
                    for (int i = 0; i < name.length; i++) {
                        // No NUL, which ends a name.
                        name[i] |= 1;
                    }
                    return name;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public FileCursor openAfter(byte[] last, Consumer<ListingNotice> notices) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class CountedCursor implements FileCursor {
        private final CountedListing listing;
        private int next;

        CountedCursor(CountedListing listing, int next) {
            this.listing = listing;
            this.next = next;
        }

        @Override
        public boolean hasNext() {
            return next < listing.files();
        }

        @Override
        public byte[] next() {
            return ("file-%07d".formatted(next++) + listing.padding()).getBytes(UTF_8);
        }

        @Override
        public void close() {}
    }
}
