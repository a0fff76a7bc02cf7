package dev.windrow.api;

import dev.windrow.api.http.Audit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The audit log: one JSON document a line. Of a file that has grown to its bound one former one is
 * kept. A line names no token, no body and no parameter.
 */
final class AuditLog implements Audit, AutoCloseable {

    static final long MOST = 20L << 20;

    private final Path file;
    private final long most;
    private final InstantSource clock;
    private final BiConsumer<String, Throwable> faults;
    private FileChannel channel;

    /**
     * @param most bytes of the file before another is begun
     * @param faults hears when the disk refuses a line; the request goes on
     */
    AuditLog(Path file, long most, InstantSource clock, BiConsumer<String, Throwable> faults)
            throws IOException {
        this.file = file;
        this.most = most;
        this.clock = clock;
        this.faults = faults;
        this.channel = open();
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public synchronized void line(String user, String method, String path, int status) {
        String line =
                JsonNodeFactory.instance
                                .objectNode()
                                .put("at", clock.instant().toString())
                                .put("user", user)
                                .put("method", method)
                                .put("path", path)
                                .put("status", status)
                        + "\n";
        try {
            if (channel.size() >= most) {
                turn();
            }
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            faults.accept("audit of " + method + " " + path, e);
        }
    }

    private void turn() throws IOException {
        channel.close();
        Path former = file.resolveSibling(file.getFileName() + ".1");
        Files.move(file, former, StandardCopyOption.REPLACE_EXISTING);
        channel = open();
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
