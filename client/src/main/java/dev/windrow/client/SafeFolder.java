package dev.windrow.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A folder that files with names from elsewhere are put into; none of them gets out of it. */
final class SafeFolder {
    private static final Set<String> STEPS = Set.of("", ".", "..");

    private final Path root;

    private SafeFolder(Path root) {
        this.root = root;
    }

    /** Makes the folder when it is not there; links on the way to it are the caller's own. */
    static SafeFolder at(Path folder) throws IOException {
        return new SafeFolder(Files.createDirectories(real(folder)).toRealPath());
    }

    /** A link to a folder is as good as the folder. */
    private static Path real(Path folder) throws IOException {
        return Files.isDirectory(folder) ? folder.toRealPath() : folder.toAbsolutePath();
    }

    /** Gives a folder in this one, made when it is not there; the name is one from elsewhere. */
    SafeFolder below(String name) throws IOException {
        if (name.indexOf('/') >= 0) {
            throw unsafe(name);
        }
        Path inside = place(name + "/file");
        return new SafeFolder(Objects.requireNonNull(inside.getParent()));
    }

    /**
     * Gives where to put a file; its folder is made when it is not there.
     *
     * @param path from elsewhere: relative, with {@code /}
     * @throws ServerException when the path leads out of the folder
     */
    Path place(String path) throws IOException {
        Path target = root;
        for (String step : path.split("/", -1)) {
            target = target.resolve(step(step, path));
        }
        Path parent = Objects.requireNonNull(target.getParent());
        if (leadsOut(parent)) {
            throw unsafe(path);
        }
        Files.createDirectories(parent);
        return target;
    }

    /**
     * Which signs separate or name a drive depends on the system; it has to take one plain name.
     */
    private static Path step(String step, String path) {
        try {
            Path one = Path.of(step);
            if (STEPS.contains(step) || one.getRoot() != null || one.getNameCount() != 1) {
                throw unsafe(path);
            }
            return one;
        } catch (InvalidPathException _) {
            throw unsafe(path);
        }
    }

    /** A link that stands in the folder may point anywhere. */
    private boolean leadsOut(Path folder) throws IOException {
        @Nullable Path present = folder;
        while (present != null && !Files.exists(present, LinkOption.NOFOLLOW_LINKS)) {
            present = present.getParent();
        }
        return present == null || !present.toRealPath().startsWith(root);
    }

    private static ServerException unsafe(String path) {
        return new ServerException(
                "UNSAFE_PATH",
                "path: \"%s\" (expected: a relative path without . and ..)"
                        .formatted(Words.oneLine(path)),
                0);
    }
}
