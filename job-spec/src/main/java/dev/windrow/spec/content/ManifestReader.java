package dev.windrow.spec.content;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a manifest line by line, in memory that does not grow with it, and refuses whatever no
 * {@link ManifestWriter} has written: other paths than relative ones, two entries of one path, a
 * file that is also a folder.
 */
public final class ManifestReader implements AutoCloseable {
    private static final int LINE_MOST = ContentPath.BYTES_MOST + 128;
    private static final Pattern LINE =
            Pattern.compile("([0-9a-f]{64}) (0|[1-9][0-9]{0,17}) ([x-]) ([^\\n]+)");

    private final InputStream in;
    private final byte[] line = new byte[LINE_MOST];
    private String before = "";
    private long number;
    private boolean headRead;

    /** Reads from a stream, which is closed with this. */
    public ManifestReader(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /**
     * The next entry; empty at the end.
     *
     * @throws ManifestException when it is no manifest; the message says in which line
     */
    public Optional<ManifestEntry> next() throws IOException {
        if (!headRead) {
            headRead = true;
            if (!ManifestWriter.HEAD.equals(line().orElse(""))) {
                throw broken("a first line " + ManifestWriter.HEAD);
            }
        }
        Optional<String> text = line();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher parts = LINE.matcher(text.get());
        if (!parts.matches()) {
            throw broken("SHA256 SIZE MODE PATH");
        }
        String path = parts.group(4);
        Optional<String> rule = ContentPath.rule(path);
        if (rule.isPresent()) {
            throw broken(rule.get());
        }
        if (!before.isEmpty() && ContentPath.compare(before, path) >= 0) {
            throw broken("paths in order, none of them twice");
        }
        if (path.startsWith(before + "/")) {
            throw broken("no file that is also a folder");
        }
        before = path;
        return Optional.of(
                new ManifestEntry(
                        path,
                        Long.parseLong(parts.group(2)),
                        parts.group(3).equals("x"),
                        parts.group(1)));
    }

    private Optional<String> line() throws IOException {
        number++;
        int length = 0;
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) {
                if (length == 0) {
                    return Optional.empty();
                }
                throw broken("a line feed at the end");
            }
            if (length == line.length) {
                throw broken("at most " + LINE_MOST + " bytes");
            }
            line[length++] = (byte) one;
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(Arrays.copyOf(line, length)))
                            .toString());
        } catch (CharacterCodingException _) {
            throw broken("UTF-8");
        }
    }

    private ManifestException broken(String rule) {
        return new ManifestException("manifest: line %d (expected: %s)".formatted(number, rule));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
