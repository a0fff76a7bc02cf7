package dev.windrow.data.listing;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import dev.windrow.data.RawPath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the entries of one folder and tells files from folders from what is neither. */
final class FolderReader {
    private static final byte[] SLASH = {'/'};

    private final Consumer<ListingNotice> notices;
    private final Predicate<byte[]> descend;

    FolderReader(Consumer<ListingNotice> notices, Predicate<byte[]> descend) {
        this.notices = notices;
        this.descend = descend;
    }

    /**
     * The sorted entries that come after {@code after}, a path relative to this folder; empty means
     * all.
     */
    byte[][] read(OpenFolder folder, Collection<OpenFolder> above, byte[] after) {
        List<byte[]> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path())) {
            for (Path entry : entries) {
                byte @Nullable [] name = name(entry, folder, above);
                if (name != null && comesAfter(name, after)) {
                    names.add(name);
                }
            }
        } catch (NoSuchFileException e) {
            if (above.isEmpty()) {
                throw unreadable(folder.path(), DataError.INPUT_MISSING, "a folder that exists", e);
            }
            notice(folder.path(), ListingNotice.Reason.VANISHED);
        } catch (DirectoryIteratorException e) {
            throw unreadable(
                    folder.path(),
                    DataError.INPUT_UNREADABLE,
                    "a folder that can be read to its end",
                    e);
        } catch (IOException e) {
            throw unreadable(
                    folder.path(), DataError.INPUT_UNREADABLE, "a folder this user may read", e);
        }
        names.sort(RawPath::compare);
        return names.toArray(byte[][]::new);
    }

    /** The entry's name, with a slash when it is a folder to enter; null when it is left out. */
    private byte @Nullable [] name(Path entry, OpenFolder folder, Collection<OpenFolder> above)
            throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes =
                    Files.readAttributes(
                            entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return leaveOut(entry, ListingNotice.Reason.VANISHED);
        }
        if (attributes.isRegularFile()) {
            return RawPath.fileName(entry);
        }
        if (attributes.isDirectory()) {
            return folderName(entry, folder);
        }
        return attributes.isSymbolicLink()
                ? linkName(entry, folder, above)
                : leaveOut(entry, ListingNotice.Reason.SPECIAL_FILE);
    }

    private byte @Nullable [] linkName(Path link, OpenFolder folder, Collection<OpenFolder> above)
            throws IOException {
        BasicFileAttributes target;
        try {
            target = Files.readAttributes(link, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return leaveOut(link, ListingNotice.Reason.DANGLING_LINK);
        } catch (AccessDeniedException e) {
            throw unreadable(
                    link, DataError.INPUT_UNREADABLE, "a link to something this user may read", e);
        } catch (FileSystemException e) {
            // The kernel gives up on links that lead to each other.
            return leaveOut(link, ListingNotice.Reason.LINK_LOOP);
        }
        if (target.isRegularFile()) {
            return RawPath.fileName(link);
        }
        if (!target.isDirectory()) {
            return leaveOut(link, ListingNotice.Reason.SPECIAL_FILE);
        }
        return leadsBack(link, folder, above)
                ? leaveOut(link, ListingNotice.Reason.LINK_LOOP)
                : folderName(link, folder);
    }

    private byte @Nullable [] folderName(Path entry, OpenFolder folder) {
        byte[] name = RawPath.concat(RawPath.fileName(entry), SLASH);
        return descend.test(RawPath.concat(folder.prefix(), name)) ? name : null;
    }

    private static boolean leadsBack(Path link, OpenFolder folder, Collection<OpenFolder> above)
            throws IOException {
        Object target = OpenFolder.root(link).identity();
        if (target.equals(folder.identity())) {
            return true;
        }
        for (OpenFolder ancestor : above) {
            if (target.equals(ancestor.identity())) {
                return true;
            }
        }
        return false;
    }

    /** A folder also counts when {@code after} lies inside it. */
    private static boolean comesAfter(byte[] name, byte[] after) {
        return RawPath.compare(name, after) > 0
                || (after.length > 0
                        && name[name.length - 1] == '/'
                        && RawPath.startsWith(after, name));
    }

    private byte @Nullable [] leaveOut(Path entry, ListingNotice.Reason reason) {
        notice(entry, reason);
        return null;
    }

    private void notice(Path entry, ListingNotice.Reason reason) {
        notices.accept(new ListingNotice(RawPath.printable(entry), reason));
    }

    private static DataException unreadable(
            Path path, DataError code, String rule, Exception cause) {
        return new DataException(
                code,
                "input folder: "
                        + RawPath.printable(path)
                        + " (expected: "
                        + rule
                        + "): "
                        + cause.getMessage(),
                cause);
    }
}
