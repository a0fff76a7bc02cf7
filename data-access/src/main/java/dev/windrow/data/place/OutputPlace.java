package dev.windrow.data.place;

import java.nio.file.Path;

/** Where an output goes on this machine. */
public record OutputPlace(Path path, PlaceKind kind) {
    /**
     * The one file that {@code append_row_to} fills: the path itself, or the file of the default
     * name inside it.
     */
    public Path aggregateFile() {
        return kind == PlaceKind.URI_FILE ? path : path.resolve(Places.AGGREGATE_NAME);
    }

    /** The folder a script may write to: the path itself, or the folder of the file. */
    public Path folder() {
        return kind == PlaceKind.URI_FILE ? path.resolveSibling("") : path;
    }
}
