package dev.windrow.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Makes trees of real files for tests, odd names included. */
public final class TestTree {
    private static final byte[][] ODD_NAMES = {
        "a b".getBytes(UTF_8),
        "line\nbreak".getBytes(UTF_8),
        "quote\"'`".getBytes(UTF_8),
        "ü漢😀".getBytes(UTF_8),
        {'x', (byte) 0xff, (byte) 0xfe},
        {(byte) 0xc3, '('},
        "%41".getBytes(UTF_8),
        ".hidden".getBytes(UTF_8),
        "-".getBytes(UTF_8),
        "back\\slash".getBytes(UTF_8),
        {1, 2, 3},
        "a".getBytes(UTF_8),
        "a-".getBytes(UTF_8),
        "a0".getBytes(UTF_8),
    };

    private final Path root;
    private final Random random;
    private final TreeSet<byte[]> files = new TreeSet<>(RawPath::compare);

    private TestTree(Path root, long seed) {
        this.root = root;
        this.random = new Random(seed);
    }

    /** A tree of some dozens of files; {@link #files} has the reference order. */
    public static TestTree random(Path root, long seed) {
        TestTree tree = new TestTree(root, seed);
        tree.fill(new byte[0], 0);
        return tree;
    }

    /** Relative paths sorted by all their bytes at once. */
    public List<byte[]> files() {
        return List.copyOf(files);
    }

    private void fill(byte[] prefix, int depth) {
        int entries = random.nextInt(12);
        for (int i = 0; i < entries; i++) {
            byte[] name = RawPath.concat(prefix, name());
            if (Files.exists(below(root, name))) {
                continue;
            }
            if (depth < 4 && random.nextInt(3) == 0) {
                folder(below(root, name));
                fill(RawPath.concat(name, new byte[] {'/'}), depth + 1);
            } else {
                file(below(root, name));
                files.add(name);
            }
        }
    }

    private byte[] name() {
        return random.nextBoolean()
                ? ODD_NAMES[random.nextInt(ODD_NAMES.length)]
                : ("f" + random.nextInt(40) + ".jpg").getBytes(UTF_8);
    }

    public static Path below(Path folder, byte[] relative) {
        return RawPath.path(
                RawPath.concat(RawPath.concat(RawPath.bytes(folder), new byte[] {'/'}), relative));
    }

    public static Path file(Path path) {
        try {
            if (path.getParent() != null) {
                Files.createDirectories(path.getParent());
            }
            return Files.writeString(path, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void folder(Path path) {
        try {
            Files.createDirectory(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The rest of a cursor, as text with one character per byte, so that lists compare and print
     * well.
     */
    public static List<String> latin(Iterator<byte[]> names) {
        List<String> all = new ArrayList<>();
        names.forEachRemaining(name -> all.add(latin(name)));
        return all;
    }

    public static String latin(byte[] name) {
        return new String(name, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** Runs a program of the system to its end. */
    public static void run(Path folder, String... command)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }
}
