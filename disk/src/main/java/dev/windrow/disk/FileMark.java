package dev.windrow.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file looked like when it was written, by which it is known again from any machine that
 * sees it.
 *
 * @param modifiedMillis since 1970; not every volume keeps finer times
 */
public record FileMark(long bytes, long modifiedMillis) {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18}) (-?[0-9]{1,18})");

    public FileMark {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: %d (expected: >= 0)".formatted(bytes));
        }
    }

    /**
     * What a file looks like now.
     *
     * @throws java.nio.file.NoSuchFileException when there is none
     */
    public static FileMark of(Path file) throws IOException {
        BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
        if (!facts.isRegularFile()) {
            throw new IOException("%s (expected: a file)".formatted(file));
        }
        return new FileMark(facts.size(), facts.lastModifiedTime().toMillis());
    }

    /** The mark that a text stands for; empty for any other text. */
    public static Optional<FileMark> of(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(
                        new FileMark(
                                Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    /** As a text that {@link #of(String)} reads. */
    public String text() {
        return bytes + " " + modifiedMillis;
    }
}
