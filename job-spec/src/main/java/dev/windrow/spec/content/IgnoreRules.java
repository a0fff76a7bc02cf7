package dev.windrow.spec.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a folder its ignore files leave out, with the meaning that git gives them. Those
 * called {@code .amlignore} count when there is one in the folder itself, else those called {@code
 * .gitignore}; each speaks of its own folder and those below.
 */
final class IgnoreRules {
    private static final int BYTES_MOST = 1 << 20;

    private final String fileName;
    private final String folder;
    private final List<IgnorePattern> patterns;
    private final @Nullable IgnoreRules above;

    private IgnoreRules(
            String fileName,
            String folder,
            List<IgnorePattern> patterns,
            @Nullable IgnoreRules above) {
        this.fileName = fileName;
        this.folder = folder;
        this.patterns = List.copyOf(patterns);
        this.above = above;
    }

    /** The rules at a folder that is to be walked. */
    static IgnoreRules of(Path root) throws IOException {
        String name = Files.isRegularFile(root.resolve(".amlignore")) ? ".amlignore" : ".gitignore";
        return new IgnoreRules(name, "", read(root.resolve(name)), null);
    }

    /**
     * The rules one folder further down.
     *
     * @param path of the folder from the root, with slashes
     */
    IgnoreRules below(String path, Path there) throws IOException {
        List<IgnorePattern> own = read(there.resolve(fileName));
        return own.isEmpty() ? this : new IgnoreRules(fileName, path + "/", own, this);
    }

    private static List<IgnorePattern> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES_MOST + 1);
        }
        if (bytes.length > BYTES_MOST) {
            throw new FolderException(file + ": too large (expected: at most 1 MiB)");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return (text.startsWith("\uFEFF") ? text.substring(1) : text)
                .lines()
                .map(IgnorePattern::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether a path from the root is left out; of the lines that speak of it the last counts. */
    boolean ignores(String path, boolean isFolder) {
        for (IgnoreRules rules = this; rules != null; rules = rules.above) {
            String below = path.substring(rules.folder.length());
            for (IgnorePattern pattern : rules.patterns.reversed()) {
                if (pattern.matches(below, isFolder)) {
                    return !pattern.negated();
                }
            }
        }
        return false;
    }
}
