package dev.windrow.runtime.content;

import dev.windrow.disk.DiskFolders;
import dev.windrow.disk.DurableFiles;
import dev.windrow.runtime.content.ContentPlaces.Kept;
import dev.windrow.spec.content.ManifestEntry;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Lays uploaded folders out as jobs see them, each once: hard links to the files that are kept, all
 * of it read-only. A folder appears whole or not at all.
 */
final class Folders {

    private static final Set<PosixFilePermission> READ_ONLY =
            PosixFilePermissions.fromString("r-xr-xr-x");
    private static final Set<PosixFilePermission> OWN =
            PosixFilePermissions.fromString("rwxr-xr-x");

    private static final int STRIPES = 64;

    private final ContentPlaces places;
    private final Manifests manifests;
    private final Blobs blobs;
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toList();

    Folders(ContentPlaces places, Manifests manifests, Blobs blobs) {
        this.places = places;
        this.manifests = manifests;
        this.blobs = blobs;
    }

    /** The folder of a manifest that is there; made when it was not asked for before. */
    Path lay(String digest) throws IOException {
        Path folder = places.of(Kept.FOLDERS, digest);
        ReentrantLock lock = lock(digest);
        lock.lock();
        try {
            if (!Files.isDirectory(folder)) {
                make(digest, folder);
            }
            return folder;
        } finally {
            lock.unlock();
        }
    }

    /** Removes a laid-out folder whose manifest is gone; answers whether it did. */
    boolean dropUnnamed(String digest) throws IOException {
        Path away;
        ReentrantLock lock = lock(digest);
        lock.lock();
        try {
            if (Files.exists(places.of(Kept.MANIFESTS, digest))) {
                return false;
            }
            DurableFiles.createFolder(places.fresh());
            away = Files.createTempDirectory(places.fresh(), "removed");
            Path folder = places.of(Kept.FOLDERS, digest);
            Files.setPosixFilePermissions(folder, OWN);
            // Out of sight at once: no job is ever given half a folder.
            Files.move(folder, away, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            lock.unlock();
        }
        remove(away);
        return true;
    }

    private ReentrantLock lock(String digest) {
        return locks.get(Math.floorMod(digest.hashCode(), STRIPES));
    }

    private void make(String digest, Path folder) throws IOException {
        DurableFiles.createFolder(places.fresh());
        Path fresh = Files.createTempDirectory(places.fresh(), "folder");
        try {
            Map<String, Path> copies = new HashMap<>();
            manifests.read(
                    places.of(Kept.MANIFESTS, digest),
                    entry -> {
                        place(entry, fresh.resolve(entry.path()), copies);
                        return true;
                    });
            closeFolders(fresh);
            Path parent = folder.resolveSibling("");
            DurableFiles.createFolder(parent);
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
            Files.setPosixFilePermissions(folder, READ_ONLY);
            DurableFiles.flush(parent);
        } catch (IOException | RuntimeException e) {
            remove(fresh);
            throw e;
        }
    }

    private void place(ManifestEntry entry, Path target, Map<String, Path> copies)
            throws IOException {
        Files.createDirectories(target.resolveSibling(""));
        String key = (entry.executable() ? "x" : "-") + entry.sha256();
        Path source = copies.get(key);
        if (source == null) {
            source = entry.executable() ? program(entry) : places.of(Kept.BLOBS, entry.sha256());
        }
        try {
            // Refuses a name that is there, whatever a file system takes for the same name.
            Files.createLink(target, source);
        } catch (UnsupportedOperationException | java.nio.file.FileSystemException e) {
            if (Files.exists(target)) {
                throw e instanceof IOException known ? known : new IOException(e);
            }
            // No links here, or more than the file system allows of one file: the copy is linked
            // from now on.
            Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
            DurableFiles.flush(target);
            copies.put(key, target);
        }
    }

    /** Two folders may hold the same bytes, and only one may run them. */
    private Path program(ManifestEntry entry) throws IOException {
        Path program = places.of(Kept.PROGRAMS, entry.sha256());
        if (blobs.use(Kept.PROGRAMS, entry.sha256()).isEmpty()) {
            blobs.take(entry.size());
            Path copy = Files.createTempFile(places.fresh(), "program", "");
            Files.copy(
                    places.of(Kept.BLOBS, entry.sha256()),
                    copy,
                    StandardCopyOption.REPLACE_EXISTING);
            DurableFiles.flush(copy);
            blobs.keep(Kept.PROGRAMS, entry.sha256(), copy);
            DurableFiles.flush(program.resolveSibling(""));
        }
        return program;
    }

    private static void closeFolders(Path root) throws IOException {
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path folder, @org.jspecify.annotations.Nullable IOException fault)
                            throws IOException {
                        DurableFiles.flush(folder);
                        // A folder that is to be moved has to stay writable until then.
                        if (!folder.equals(root)) {
                            Files.setPosixFilePermissions(folder, READ_ONLY);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /** Removes a laid-out folder; the files it links to stay. */
    static void remove(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path one, BasicFileAttributes facts)
                            throws IOException {
                        Files.setPosixFilePermissions(one, OWN);
                        return FileVisitResult.CONTINUE;
                    }
                });
        DiskFolders.delete(folder);
    }
}
