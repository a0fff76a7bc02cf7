package dev.windrow.worker.ship;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The files of a log tree that are worth keeping. Nothing of it follows links. */
public final class LogTree {

    /** What holds the end of a file that is too long, until it is put into that file. */
    private static final Pattern SCRATCH = Pattern.compile(".*\\.tail[12]?");

    private final Path root;
    private final int most;

    /** How a file looked. */
    record Look(long size, FileTime changedAt) {}

    /** What there was; not all when there are too many files. */
    record Looks(Map<String, Look> files, boolean all) {}

    /**
     * @param root need not exist yet
     * @param most files; more are not seen
     */
    public LogTree(Path root, int most) {
        this.root = root;
        this.most = most;
    }

    /** Looks at all files. */
    Looks look() throws IOException {
        Map<String, Look> files = new TreeMap<>();
        boolean[] all = {true};
        if (!Files.isDirectory(root)) {
            return new Looks(files, true);
        }
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                        if (!facts.isRegularFile() || isScratch(file)) {
                            return FileVisitResult.CONTINUE;
                        }
                        if (files.size() >= most) {
                            all[0] = false;
                            return FileVisitResult.TERMINATE;
                        }
                        files.put(name(file), new Look(facts.size(), facts.lastModifiedTime()));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        // Gone since.
                        return FileVisitResult.CONTINUE;
                    }
                });
        return new Looks(files, all[0]);
    }

    private static boolean isScratch(Path file) {
        return SCRATCH.matcher(String.valueOf(file.getFileName())).matches();
    }

    private String name(Path file) {
        return root.relativize(file).toString();
    }

    /** The bytes from an offset on; fewer when the file ends before. */
    byte[] read(String file, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try (FileChannel channel =
                FileChannel.open(
                        root.resolve(file), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = channel.read(bytes, offset + bytes.position());
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
