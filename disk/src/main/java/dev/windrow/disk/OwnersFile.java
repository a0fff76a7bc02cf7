package dev.windrow.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A file that nobody but its owner may read, such as one that holds a key. It is written beside its
 * place and flushed first, so that it is there whole or not at all, also after a loss of power.
 */
public final class OwnersFile {

    private static final FileAttribute<Set<PosixFilePermission>> OWNERS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private OwnersFile() {}

    /**
     * Makes a new file; its folder must exist. Durable when it returns.
     *
     * @throws FileAlreadyExistsException when there is anything of that name, also a link to
     *     nowhere; it is left as it is
     */
    public static void create(Path file, byte[] bytes) throws IOException {
        Path fresh = written(file, bytes);
        try {
            // Unlike a rename, a link never takes the place of what somebody else has just made.
            Files.createLink(file, fresh);
        } finally {
            Files.deleteIfExists(fresh);
        }
        DurableFiles.flush(folder(file));
    }

    /** Makes a file or replaces it, durably; its folder must exist. A link is replaced itself. */
    public static void replace(Path file, byte[] bytes) throws IOException {
        Path fresh = written(file, bytes);
        try {
            DurableFiles.place(fresh, file);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** What is in a file, which is made when there is none; its folder must exist. */
    public static byte[] readOrCreate(Path file, Supplier<byte[]> bytes) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException _) {
            try {
                create(file, bytes.get());
            } catch (FileAlreadyExistsException _) {
                // Somebody else was quicker, and theirs is the one.
            }
            return Files.readAllBytes(file);
        }
    }

    /** Whether anybody but its owner may read, write or run a file; of a link, what it leads to. */
    public static boolean isOpenToOthers(Path file) throws IOException {
        return Files.getPosixFilePermissions(file).stream()
                .anyMatch(one -> !one.name().startsWith("OWNER_"));
    }

    /**
     * Whether anybody outside its owner's group may read, write or run a file; of a link, what it
     * leads to.
     */
    public static boolean isOpenToAll(Path file) throws IOException {
        return Files.getPosixFilePermissions(file).stream()
                .anyMatch(one -> one.name().startsWith("OTHERS_"));
    }

    private static Path written(Path file, byte[] bytes) throws IOException {
        Path fresh = fresh(file);
        try {
            Files.write(fresh, bytes);
            DurableFiles.flush(fresh);
            return fresh;
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
    }

    /** Faults name the file and not the one beside it, which nobody has asked for. */
    private static Path fresh(Path file) throws IOException {
        try {
            return Files.createTempFile(
                    folder(file), "." + file.getFileName() + ".", ".new", OWNERS);
        } catch (NoSuchFileException _) {
            throw new NoSuchFileException(file.toString());
        } catch (AccessDeniedException _) {
            throw new AccessDeniedException(file.toString());
        }
    }

    private static Path folder(Path file) {
        return file.toAbsolutePath().resolveSibling("");
    }
}
