package dev.windrow.runtime.ship;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Writes what agents ship into the log trees of their jobs. Safe for use by several threads; calls
 * block on the disk. What is written is not flushed: a log is no result.
 */
public final class ShippedLogs {

    private static final int STRIPES = 64;

    /** What is known of agents who have sent something lately; of others it is counted anew. */
    private static final int ACCOUNTS_MOST = 1_000;

    private final LogBounds bounds;
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toList();
    private final LinkedHashMap<AgentTree, Account> accounts = new LinkedHashMap<>(16, 0.75f, true);

    public ShippedLogs(LogBounds bounds) {
        this.bounds = bounds;
    }

    /**
     * Takes a piece: writes it unless bytes before it are missing, or it comes later than its turn.
     *
     * @return the size of the file now
     * @throws LogRefusal when it breaks a rule; then nothing was written
     * @throws UncheckedIOException when the disk refuses
     */
    public long take(AgentTree tree, LogPiece piece) {
        List<String> parts = LogNames.parts(piece.file(), tree.agent());
        if (piece.offset() < 0 || piece.offset() > bounds.fileBytes() - piece.length()) {
            throw new LogRefusal(
                    "offset",
                    Long.toString(piece.offset()),
                    "with %d bytes of body within %d of a file"
                            .formatted(piece.length(), bounds.fileBytes()));
        }
        ReentrantLock lock = locks.get(Math.floorMod(tree.hashCode(), STRIPES));
        lock.lock();
        try {
            return write(tree, parts, piece);
        } catch (NoSuchFileException _) {
            // The job was removed just now, or never was: its folder is not made again.
            return 0;
        } catch (InvalidPathException _) {
            throw LogNames.refused(piece.file(), "a name that the server's disk can hold");
        } catch (IOException e) {
            // Nobody knows how much of it is there.
            forget(tree);
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    private long write(AgentTree tree, List<String> parts, LogPiece piece) throws IOException {
        List<Path> folders = folders(tree.logs(), parts);
        checkFolders(folders, piece);
        Path file = folders.getLast().resolve(parts.getLast());
        Optional<BasicFileAttributes> found = facts(file);
        if (found.isPresent() && !found.get().isRegularFile()) {
            throw LogNames.refused(piece.file(), "no link or folder");
        }
        long size = found.map(BasicFileAttributes::size).orElse(0L);
        Account account = account(tree);
        if (piece.offset() > size || !account.turn(piece.turn())) {
            return size;
        }
        account.check(bounds, found.isEmpty(), piece.end() - size);
        makeFolders(folders);
        write(file, piece);
        account.add(found.isEmpty(), piece.end() - size);
        return piece.end();
    }

    private static Optional<BasicFileAttributes> facts(Path file) throws IOException {
        try {
            return Optional.of(
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /** All folders of a file, from the log tree's root on. */
    private static List<Path> folders(Path logs, List<String> parts) {
        List<Path> folders = new ArrayList<>();
        Path folder = logs;
        for (String part : parts.subList(0, parts.size() - 1)) {
            folder = folder.resolve(part);
            folders.add(folder);
        }
        return folders;
    }

    /** Nothing behind a link is even looked at. */
    private static void checkFolders(List<Path> folders, LogPiece piece) throws IOException {
        for (Path folder : folders) {
            Optional<BasicFileAttributes> found = facts(folder);
            if (found.isEmpty()) {
                return;
            }
            if (!found.get().isDirectory()) {
                throw LogNames.refused(piece.file(), "no link on the way, and no file");
            }
        }
    }

    /** Makes those that are missing; the log tree's root has to be there. */
    private static void makeFolders(List<Path> folders) throws IOException {
        for (Path folder : folders) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(folder);
            }
        }
    }

    private static void write(Path file, LogPiece piece) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS)) {
            channel.truncate(piece.offset());
            ByteBuffer bytes = ByteBuffer.wrap(piece.bytes());
            while (bytes.hasRemaining()) {
                channel.write(bytes, piece.offset() + bytes.position());
            }
        }
    }

    private void forget(AgentTree tree) {
        synchronized (accounts) {
            accounts.remove(tree);
        }
    }

    private Account account(AgentTree tree) throws IOException {
        synchronized (accounts) {
            Account known = accounts.get(tree);
            if (known != null) {
                return known;
            }
        }
        Account counted = Account.count(tree);
        synchronized (accounts) {
            accounts.put(tree, counted);
            if (accounts.size() > ACCOUNTS_MOST) {
                accounts.pollFirstEntry();
            }
        }
        return counted;
    }
}
