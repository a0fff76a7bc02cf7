package dev.windrow.api.job;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Follows the log files of a job's scripts: what is appended comes in whole lines, a bounded number
 * of bytes at a time.
 */
final class LogTails {

    private static final int AT_ONCE = 1 << 16;
    private static final int FILES_MOST = 200;

    private final Path folder;
    private final Map<Path, Long> offsets = new LinkedHashMap<>();
    private boolean atEnd;

    LogTails(Path logs) {
        this.folder = logs.resolve("user");
    }

    /**
     * What is new.
     *
     * @param all whether a last line without an end is to be given too
     */
    List<ObjectNode> read(boolean all) {
        List<ObjectNode> pieces = new ArrayList<>();
        atEnd = true;
        if (!Files.isDirectory(folder)) {
            return pieces;
        }
        int left = AT_ONCE;
        for (Path file : files()) {
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

    private List<Path> files() {
        try (var tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile).sorted().limit(FILES_MOST).toList();
        } catch (IOException | java.io.UncheckedIOException _) {
            return List.of();
        }
    }

    private int piece(Path file, int most, boolean all, List<ObjectNode> pieces) {
        long from = offsets.getOrDefault(file, 0L);
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer buffer = ByteBuffer.allocate(most);
            int read = channel.read(buffer, from);
            int length = read <= 0 ? 0 : wholeLines(buffer.array(), read, all || read == most);
            if (length == 0) {
                return 0;
            }
            offsets.put(file, from + length);
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("path", "user/" + folder.relativize(file));
            node.put("offset", from);
            node.put("text", new String(buffer.array(), 0, length, StandardCharsets.UTF_8));
            pieces.add(node);
            return length;
        } catch (IOException _) {
            return 0;
        }
    }

    private static int wholeLines(byte[] bytes, int length, boolean all) {
        for (int end = length; end > 0; end--) {
            if (bytes[end - 1] == '\n') {
                return end;
            }
        }
        return all ? length : 0;
    }
}
