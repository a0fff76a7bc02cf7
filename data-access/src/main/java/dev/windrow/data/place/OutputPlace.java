package dev.windrow.data.place;

import dev.windrow.data.RawPath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where an output goes on this machine.
 *
 * @param path absolute; need not exist yet
 */
public record OutputPlace(Path path, PlaceKind kind) {
    /**
     * The one file that {@code append_row_to} fills: the path itself, or the file of the default
     * name inside it.
     */
    public Path aggregateFile() {
        return kind == PlaceKind.URI_FILE ? path : path.resolve(Places.AGGREGATE_NAME);
    }

    /**
     * As {@link #aggregateFile()}, under a name the job asks for; refused when it leads out of the
     * folder.
     */
    public Path aggregateFile(String field, String name) {
        if (kind == PlaceKind.URI_FILE) {
            return path;
        }
        byte[] below = ("/" + name).getBytes(StandardCharsets.UTF_8);
        Path file = RawPath.path(RawPath.concat(RawPath.bytes(path), below)).normalize();
        PathGrammar.checkInside(field, name, path, file);
        return file;
    }

    /** The folder a script may write to: the path itself, or the folder of the file. */
    public Path folder() {
        return kind == PlaceKind.URI_FILE ? Objects.requireNonNull(path.getParent()) : path;
    }
}
