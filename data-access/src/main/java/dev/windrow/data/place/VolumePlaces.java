package dev.windrow.data.place;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * Resolves the paths of a job for machines that see volumes and not this disk: only datastores, and
 * only by their text. Whether something is there, whoever sees the volume finds out.
 */
public final class VolumePlaces {

    private final Map<String, Path> folders;

    /**
     * @param folders where those machines see each datastore, absolute, by its name
     */
    public VolumePlaces(Map<String, Path> folders) {
        this.folders = Map.copyOf(folders);
    }

    /**
     * The file or folder that an input names.
     *
     * @param field for messages, such as {@code inputs.images.path}
     */
    public Path input(String field, String value) {
        return resolve(field, value);
    }

    /** The place of an output as written, with its expressions. */
    public OutputPlace output(String field, String value, PlaceKind kind, OutputNames names) {
        return new OutputPlace(resolve(field, names.expand(field, value)), kind);
    }

    /** Azure's place for an output without a path, when the default datastore is a volume. */
    public OutputPlace defaultOutput(PlaceKind kind, OutputNames names) {
        String field = "outputs." + names.output() + ".path";
        return output(field, Places.defaultOutput(kind), kind, names);
    }

    private Path resolve(String field, String value) {
        Matcher datastore = PathGrammar.DATASTORE.matcher(value);
        if (!datastore.matches()) {
            throw refused(field, value);
        }
        Path folder = folders.get(datastore.group(1));
        if (folder == null) {
            throw DataException.of(
                    DataError.NOT_SUPPORTED,
                    field,
                    value,
                    "a datastore of type pvc or host_path, because pods do not see this machine's disk");
        }
        String below = datastore.group(2) == null ? "" : datastore.group(2);
        Path path = Path.of(folder + "/" + below).normalize();
        if (value.indexOf('\0') >= 0 || !path.startsWith(folder)) {
            throw DataException.of(
                    DataError.PATH_REFUSED,
                    field,
                    value.replace('\0', '?'),
                    "a path that stays inside");
        }
        return path;
    }

    private static DataException refused(String field, String value) {
        return DataException.of(
                DataError.NOT_SUPPORTED,
                field,
                value.replace('\0', '?'),
                "azureml://datastores/NAME/paths/PATH of a volume, because pods do not see this machine's disk");
    }
}
