package dev.windrow.local;

import dev.windrow.data.place.OutputPlace;
import dev.windrow.data.place.PlaceKind;
import dev.windrow.spec.InvalidJobException;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.Mistake;
import dev.windrow.spec.MistakeCode;
import dev.windrow.spec.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Refuses a job whose outputs are there already, where its author wants nothing replaced. */
final class OutputGuard {

    private static final String RULE = "nothing there yet, because overwrite is false";
    private static final String EMPTY_RULE = "an empty folder or none, because overwrite is false";

    private OutputGuard() {}

    /**
     * Looks at every output with {@code overwrite: false}: the one file that is written, or for a
     * folder whether it holds anything.
     *
     * @param fileName of the file that collects rows within a folder
     * @throws InvalidJobException with all that are there
     */
    static void check(LoadedJob loaded, Map<String, OutputPlace> places, String fileName) {
        List<Mistake> mistakes = new ArrayList<>();
        Optional<String> rows = loaded.job().task().appendRowTo();
        loaded.job()
                .outputs()
                .forEach((name, output) -> {
                    OutputPlace place = places.get(name);
                    if (place != null && !output.effectiveOverwrite()) {
                        boolean collects = rows.filter(name::equals).isPresent();
                        Path file =
                                collects
                                        ? place.aggregateFile("append_row_file_name", fileName)
                                        : place.path();
                        boolean folder = !collects && place.kind() != PlaceKind.URI_FILE;
                        if (folder ? holdsSomething(file) : exists(file)) {
                            mistakes.add(mistake(loaded, name, file, folder ? EMPTY_RULE : RULE));
                        }
                    }
                });
        if (!mistakes.isEmpty()) {
            throw new InvalidJobException("job", mistakes);
        }
    }

    /** A link that leads nowhere is there too: a rename would replace it. */
    private static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean holdsSomething(Path folder) {
        if (!Files.isDirectory(folder)) {
            return exists(folder);
        }
        try (var entries = Files.newDirectoryStream(folder)) {
            return entries.iterator().hasNext();
        } catch (IOException _) {
            // What cannot be looked into cannot be said to be empty.
            return true;
        }
    }

    private static Mistake mistake(LoadedJob loaded, String name, Path path, String rule) {
        String output = "outputs." + name;
        String field = output + ".path";
        Place place =
                loaded.place(field).equals(Place.NONE) ? loaded.place(output) : loaded.place(field);
        return new Mistake(
                MistakeCode.OUTPUT_EXISTS,
                "%s: %s (expected: %s)".formatted(field, path, rule),
                field,
                place.line(),
                place.column(),
                path.toString(),
                rule);
    }
}
