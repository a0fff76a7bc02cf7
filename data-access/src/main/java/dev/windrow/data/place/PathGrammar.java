package dev.windrow.data.place;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import dev.windrow.data.RawPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms a path can have in job YAML, and what each stands for here. */
final class PathGrammar {
    private static final Pattern SCHEME =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)", Pattern.DOTALL);
    static final Pattern DATASTORE =
            Pattern.compile(
                    "azureml://(?:subscriptions/[^/]+/resource[gG]roups/[^/]+/(?:providers/[^/]+/)?workspaces/[^/]+/)?"
                            + "datastores/([^/]+)(?:/paths(?:/(.*))?)?",
                    Pattern.DOTALL);
    private static final Pattern DATASTORE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]*");

    private final Path home;
    private final Path jobFolder;
    private final Map<String, Path> datastores;

    PathGrammar(Path home, Path jobFolder, Map<String, Path> datastores) {
        this.home = home;
        this.jobFolder = jobFolder;
        this.datastores = Map.copyOf(datastores);
    }

    /** The absolute path; it need not exist. */
    Path resolve(String field, String value) {
        if (value.isEmpty() || value.indexOf('\0') >= 0) {
            throw refused(
                    field, "'" + value.replace('\0', '?') + "'", "a path without NUL characters");
        }
        Matcher scheme = SCHEME.matcher(value);
        if (!scheme.matches()) {
            return local(bytes(value));
        }
        String name = scheme.group(1).toLowerCase(Locale.ROOT);
        return switch (name) {
            case "file" -> file(field, value, scheme.group(2));
            case "azureml" -> azureml(field, value);
            // A colon in a plain file name is not a scheme: only what looks like one is refused.
            default ->
                    scheme.group(2).startsWith("//")
                            ? remote(field, value, name)
                            : local(bytes(value));
        };
    }

    private Path file(String field, String value, String rest) {
        String path =
                rest.startsWith("//localhost/") ? rest.substring("//localhost".length()) : rest;
        byte[] raw = RawPath.percentDecode(path.startsWith("///") ? path.substring(2) : path);
        boolean host = path.startsWith("//") && !path.startsWith("///");
        if (host || raw.length == 0 || raw[0] != '/' || contains(raw, (byte) 0)) {
            throw refused(field, value, "file:///ABSOLUTE/PATH");
        }
        return local(raw);
    }

    private Path azureml(String field, String value) {
        Matcher datastore = DATASTORE.matcher(value);
        if (datastore.matches()) {
            return datastorePath(field, value, datastore);
        }
        String what =
                value.startsWith("azureml://")
                        ? "azureml://datastores/NAME/paths/PATH"
                        : "a path on this machine";
        throw DataException.of(
                DataError.NOT_SUPPORTED,
                field,
                value,
                what + "; registered assets are not known here: " + advice(field));
    }

    private Path datastorePath(String field, String value, Matcher datastore) {
        String name = datastore.group(1);
        if (!DATASTORE_NAME.matcher(name).matches()) {
            throw refused(field, value, "a datastore name of letters, digits, _ and -");
        }
        Path root = datastoreRoot(field, name);
        String below = datastore.group(2) == null ? "" : datastore.group(2);
        byte[] absolute = RawPath.concat(RawPath.bytes(root), bytes("/" + below));
        Path path = RawPath.path(absolute).normalize();
        checkInside(field, value, root, path);
        return path;
    }

    /** A folder of its own is never made: what is missing may be a disk that is not mounted. */
    private Path datastoreRoot(String field, String name) {
        Path own = datastores.get(name);
        if (own == null) {
            return home.resolve("datastores").resolve(name);
        }
        if (!Files.isDirectory(own)) {
            throw DataException.of(
                    DataError.INPUT_MISSING,
                    field,
                    RawPath.printable(own),
                    "a folder that is there, because it is the datastore " + name);
        }
        return own;
    }

    private Path remote(String field, String value, String scheme) {
        throw DataException.of(
                DataError.NOT_SUPPORTED,
                field,
                value,
                "a path on this machine; " + scheme + " is not read: " + advice(field));
    }

    private Path local(byte[] value) {
        Path written =
                value[0] == '/' ? RawPath.path(value) : RawPath.path(below(jobFolder, value));
        Path plain = written.normalize();
        if (plain.getNameCount() == written.getNameCount()) {
            return plain;
        }
        try {
            // Behind a symbolic link, `..` is not the folder the text suggests; the disk knows.
            return hasParentStep(written) ? written.toRealPath() : plain;
        } catch (IOException e) {
            return plain;
        }
    }

    /** Refuses a path that leaves a folder, by its text or through a symbolic link. */
    static void checkInside(String field, String value, Path folder, Path path) {
        boolean inside = path.startsWith(folder);
        if (inside) {
            try {
                inside = realPath(path).startsWith(realPath(folder));
            } catch (IOException e) {
                throw new DataException(
                        DataError.PATH_REFUSED,
                        field + ": " + value + " (expected: a path that can be followed)",
                        e);
            }
        }
        if (!inside) {
            throw refused(field, value, "a path that stays inside " + RawPath.printable(folder));
        }
    }

    /** Follows the links of the part that exists. */
    private static Path realPath(Path path) throws IOException {
        Path existing = path;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = existing.getParent();
            if (parent == null) {
                return path;
            }
            existing = parent;
        }
        return existing.toRealPath().resolve(existing.relativize(path));
    }

    private static boolean hasParentStep(Path path) {
        for (Path step : path) {
            if (step.toString().equals("..")) {
                return true;
            }
        }
        return false;
    }

    private static byte[] below(Path folder, byte[] relative) {
        return RawPath.concat(RawPath.concat(RawPath.bytes(folder), bytes("/")), relative);
    }

    private static String advice(String field) {
        String[] parts = field.split("\\.", -1);
        boolean input = parts.length >= 2 && parts[0].equals("inputs");
        return input
                ? "download it and give the folder by --input " + parts[1] + "=PATH"
                : "give a local path or azureml://datastores/NAME/paths/PATH";
    }

    private static DataException refused(String field, String value, String rule) {
        return DataException.of(DataError.PATH_REFUSED, field, value, rule);
    }

    private static boolean contains(byte[] bytes, byte wanted) {
        for (byte b : bytes) {
            if (b == wanted) {
                return true;
            }
        }
        return false;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
