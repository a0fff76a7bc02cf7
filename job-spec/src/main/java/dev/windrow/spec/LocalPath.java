package dev.windrow.spec;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells paths on this machine from assets and URLs. */
public final class LocalPath {
    private static final Pattern SCHEME = Pattern.compile("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*");

    private static final Pattern DATASTORE =
            Pattern.compile("(?s)azureml://(subscriptions/.*/)?datastores/.*");

    private LocalPath() {}

    /** Tells whether the text names a place in a datastore. */
    static boolean isInDatastore(String text) {
        return DATASTORE.matcher(text).matches();
    }

    /** Tells whether the text starts with a scheme, as assets and URLs do. */
    public static boolean hasScheme(String text) {
        return SCHEME.matcher(text).matches();
    }

    /** Gives the path on this machine, from the folder; empty for assets, URLs and expressions. */
    public static Optional<Path> resolve(Path folder, String text) {
        String path = text.startsWith("file:") ? text.substring("file:".length()) : text;
        if (hasScheme(path) || path.contains("${{")) {
            return Optional.empty();
        }
        try {
            // A file URL has two slashes before the path and an empty host.
            String plain = path.startsWith("///") ? path.substring(2) : path;
            return Optional.of(folder.resolve(plain).normalize());
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }
}
