package dev.windrow.api.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Follows the log files of a job's scripts, or one log file: what is appended comes in whole lines,
 * a bounded number of bytes at a time. A longer line comes in pieces, none of which ends within a
 * character.
 */
final class LogTails {

    private static final int AT_ONCE = 1 << 16;
    private static final int FILES_MOST = 200;

    /** Bytes of a character after its first one, at most. */
    private static final int REST_MOST = 3;

    private final Path logs;
    private final Supplier<List<Path>> files;
    private final Map<Path, Long> offsets = new LinkedHashMap<>();
    private boolean atEnd;

    private LogTails(Path logs, Supplier<List<Path>> files) {
        this.logs = logs;
        this.files = files;
    }

    /**
     * All files of the scripts.
     *
     * @param logs the job's log folder
     */
    static LogTails ofScripts(Path logs) {
        return new LogTails(logs, () -> below(logs.resolve("user")));
    }

    /**
     * One file, which need not be there yet.
     *
     * @throws dev.windrow.api.http.Problem 404 when it cannot be one of the job's
     */
    static LogTails ofFile(Path logs, String path) {
        FileTree tree = new FileTree(logs);
        tree.checkPlace(path);
        return new LogTails(logs, () -> tree.find(path).stream().toList());
    }

    /**
     * What is new.
     *
     * @param all whether a last line without an end is to be given too
     */
    List<ObjectNode> read(boolean all) {
        List<ObjectNode> pieces = new ArrayList<>();
        atEnd = true;
        int left = AT_ONCE;
        for (Path file : files.get()) {
            int taken = piece(file, left, all, pieces);
            left -= taken;
            if (left <= 0) {
                atEnd = false;
                break;
            }
        }
        return pieces;
    }

    /** True when the last call has given all there was. */
    boolean atEnd() {
        return atEnd;
    }

    private static List<Path> below(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var tree = Files.walk(folder)) {
            return tree.filter(LogTails::isOrdinary).sorted().limit(FILES_MOST).toList();
        } catch (IOException | UncheckedIOException _) {
            return List.of();
        }
    }

    /** A link may lead out of the logs. */
    private static boolean isOrdinary(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private int piece(Path file, int most, boolean all, List<ObjectNode> pieces) {
        long from = offsets.getOrDefault(file, 0L);
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer buffer = ByteBuffer.allocate(most);
            int read = channel.read(buffer, from);
            int length = read <= 0 ? 0 : taken(buffer.array(), read, all, read == most);
            if (length == 0) {
                return 0;
            }
            offsets.put(file, from + length);
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("path", logs.relativize(file).toString());
            node.put("offset", from);
            node.put("bytes", length);
            node.put("text", new String(buffer.array(), 0, length, StandardCharsets.UTF_8));
            pieces.add(node);
            return length;
        } catch (IOException _) {
            return 0;
        }
    }

    /**
     * How many of these bytes are given.
     *
     * @param all whether nothing more will come
     * @param full whether no more would have fitted
     */
    private static int taken(byte[] bytes, int length, boolean all, boolean full) {
        for (int end = length; end > 0; end--) {
            if (bytes[end - 1] == '\n') {
                return end;
            }
        }
        if (full) {
            return wholeCharacters(bytes, length);
        }
        return all ? length : 0;
    }

    /** Leaves the last character out when its end is missing; nothing of what is no UTF-8. */
    private static int wholeCharacters(byte[] bytes, int length) {
        for (int rest = 1; rest <= Math.min(REST_MOST, length - 1); rest++) {
            int lead = bytes[length - rest] & 0xff;
            if (lead < 0x80) {
                return length;
            }
            if (lead >= 0xc0) {
                int whole = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
                return rest < whole ? length - rest : length;
            }
        }
        return length;
    }
}
