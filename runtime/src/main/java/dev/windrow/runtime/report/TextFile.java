package dev.windrow.runtime.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * A report that is being written: it appears under its name when it is whole, and not before. Made
 * for millions of rows: text of ASCII characters goes to the buffer without being encoded.
 */
final class TextFile implements AutoCloseable {

    private static final int BUFFER = 1 << 18;

    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private final byte[] buffer = new byte[BUFFER];
    private int used;
    private boolean kept;

    private TextFile(Path target, Path temporary, FileChannel channel) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
    }

    static TextFile create(Path target) throws IOException {
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        Path temporary = target.resolveSibling("." + target.getFileName() + ".new");
        FileChannel channel =
                FileChannel.open(
                        temporary,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        return new TextFile(target, temporary, channel);
    }

    /** Writes a whole file. */
    static void write(Path target, CharSequence text) throws IOException {
        try (TextFile file = create(target)) {
            file.text(text);
            file.keep();
        }
    }

    TextFile text(CharSequence text) throws IOException {
        return text(text, 0, text.length());
    }

    /** A part of the text. */
    TextFile text(CharSequence text, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return encoded(text.subSequence(i, to).toString());
            }
            one(c);
        }
        return this;
    }

    private TextFile encoded(String text) throws IOException {
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            one(one);
        }
        return this;
    }

    /** A character of ASCII. */
    TextFile one(int character) throws IOException {
        if (used == BUFFER) {
            drain();
        }
        buffer[used++] = (byte) character;
        return this;
    }

    TextFile number(long value) throws IOException {
        if (value < 0 || value > Integer.MAX_VALUE) {
            return text(Long.toString(value));
        }
        int digits = 1;
        for (long unit = 10; unit <= value; unit *= 10) {
            digits++;
        }
        return digits((int) value, digits);
    }

    /** As many digits as said, with zeros in front. */
    TextFile digits(int value, int digits) throws IOException {
        if (used + digits > BUFFER) {
            drain();
        }
        int rest = value;
        for (int at = used + digits - 1; at >= used; at--) {
            buffer[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        used += digits;
        return this;
    }

    /** Seconds to the microsecond. */
    TextFile seconds(long nanos) throws IOException {
        long micros = nanos / 1_000;
        long seconds = micros / 1_000_000;
        return number(seconds).one('.').digits((int) (micros - seconds * 1_000_000), 6);
    }

    private void drain() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, used);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        used = 0;
    }

    /** Makes the file appear; without it, closing leaves nothing behind. */
    void keep() throws IOException {
        drain();
        channel.close();
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        kept = true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!kept) {
            Files.deleteIfExists(temporary);
        }
    }
}
