package dev.windrow.worker.transfer;

import dev.windrow.disk.DiskFolders;
import dev.windrow.disk.VisibleFiles;
import dev.windrow.protocol.transfer.FoundFile;
import dev.windrow.protocol.transfer.TransferOrder;
import dev.windrow.protocol.wire.FoundFiles;
import dev.windrow.protocol.wire.MessageText;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/**
 * The folder of a volume that a server asks for; nothing outside it is touched. Safe for use by
 * several threads.
 *
 * @param root absolute
 */
record Volume(Path root) {

    /** Does what is ordered; blocks on the disk. The reply is to be closed. */
    Reply answer(TransferOrder order) {
        try {
            return switch (order) {
                case TransferOrder.ListFiles list -> list(list);
                case TransferOrder.FindFile find -> find(find);
                case TransferOrder.ReadBytes read -> read(read);
                case TransferOrder.RemoveFolder(String place) -> remove(place);
            };
        } catch (NoSuchFileException _) {
            return Reply.MISSING;
        } catch (IOException | InvalidPathException e) {
            return Reply.failed("the volume cannot be read or written: " + e);
        }
    }

    private Path place(String text) throws IOException {
        Path place = root.resolve(text).normalize();
        if (!place.startsWith(root)) {
            throw new IOException("place: %s (expected: below %s)".formatted(text, root));
        }
        // A link on the way must not lead out either.
        Path real = existing(place).toRealPath();
        if (Files.exists(root) && !real.startsWith(root.toRealPath())) {
            throw new IOException("place: %s (expected: below %s)".formatted(text, root));
        }
        return place;
    }

    /** The path, or the nearest folder around it that is there. */
    private static Path existing(Path path) {
        Path there = path;
        while (Files.notExists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }

    private Reply list(TransferOrder.ListFiles order) throws IOException {
        List<FoundFile> found =
                new VisibleFiles(place(order.place()))
                        .after(order.after(), order.most(), _ -> true).stream()
                                .map(one ->
                                        new FoundFile(
                                                one.path(),
                                                one.bytes(),
                                                one.modifiedAt().toEpochMilli()))
                                .toList();
        return Reply.of(MessageText.write(new FoundFiles(), found));
    }

    private Reply find(TransferOrder.FindFile order) throws IOException {
        Optional<Path> file = file(order.place(), order.path());
        if (file.isEmpty()) {
            return Reply.MISSING;
        }
        BasicFileAttributes facts = Files.readAttributes(file.get(), BasicFileAttributes.class);
        FoundFile found =
                new FoundFile(order.path(), facts.size(), facts.lastModifiedTime().toMillis());
        return Reply.of(MessageText.write(new FoundFiles(), List.of(found)));
    }

    private Optional<Path> file(String place, String path) throws IOException {
        return new VisibleFiles(place(place)).find(path);
    }

    private Reply read(TransferOrder.ReadBytes order) throws IOException {
        Optional<Path> file = file(order.place(), order.path());
        if (file.isEmpty()) {
            return Reply.MISSING;
        }
        SeekableByteChannel channel = Files.newByteChannel(file.get());
        try {
            if (channel.size() < order.from() + order.length()) {
                throw new EOFException("the file is shorter than it was");
            }
            channel.position(order.from());
            return Reply.of(Channels.newInputStream(channel), order.length());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private Reply remove(String text) throws IOException {
        Path folder = place(text);
        Path around = folder.getParent();
        if (folder.equals(root) || around == null || around.equals(root)) {
            throw new IOException("place: %s (expected: two folders deep)".formatted(text));
        }
        DiskFolders.delete(folder);
        try {
            Files.deleteIfExists(around);
        } catch (DirectoryNotEmptyException _) {
            // Somebody else's.
        }
        return Reply.of(new byte[0]);
    }
}
