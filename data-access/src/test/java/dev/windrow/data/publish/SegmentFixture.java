package dev.windrow.data.publish;

import dev.windrow.data.segment.SegmentFolder;
import dev.windrow.data.segment.SegmentRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Segments with seeded rows, gaps of uncommitted bytes between them, and the bytes a correct
 * publisher makes of them. The same seed always gives the same segments, so that another process
 * can make the same fixture.
 */
@SuppressWarnings("ArrayRecordComponent")
record SegmentFixture(
        SegmentFolder segments,
        List<SegmentRange> ranges,
        byte[] expected,
        List<ByteArrayOutputStream> files) {
    static SegmentFixture make(Path folder, long seed, int count, int longest) throws IOException {
        SegmentFixture fixture = describe(folder, seed, count, longest);
        Files.createDirectories(folder);
        for (int i = 0; i < fixture.files().size(); i++) {
            Files.write(folder.resolve("s" + i), fixture.files().get(i).toByteArray());
        }
        return fixture;
    }

    /** The same without writing any file. */
    static SegmentFixture describe(Path folder, long seed, int count, int longest)
            throws IOException {
        Random random = new Random(seed);
        List<ByteArrayOutputStream> files = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            files.add(new ByteArrayOutputStream());
        }
        List<SegmentRange> ranges = new ArrayList<>();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            int number = random.nextInt(files.size());
            ByteArrayOutputStream file = files.get(number);
            if (random.nextInt(4) == 0) {
                file.write(bytes(random, 1 + random.nextInt(50)));
            }
            byte[] rows = bytes(random, random.nextInt(10) == 0 ? 0 : random.nextInt(longest));
            ranges.add(new SegmentRange("s" + number, file.size(), rows.length, 0));
            file.write(rows);
            expected.write(rows);
        }
        return new SegmentFixture(new SegmentFolder(folder), ranges, expected.toByteArray(), files);
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
