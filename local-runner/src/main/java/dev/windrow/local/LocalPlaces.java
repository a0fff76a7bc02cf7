package dev.windrow.local;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import dev.windrow.data.place.OutputNames;
import dev.windrow.data.place.OutputPlace;
import dev.windrow.data.place.PlaceKind;
import dev.windrow.data.place.Places;
import dev.windrow.model.Input;
import dev.windrow.model.Output;
import dev.windrow.model.ParallelJob;
import dev.windrow.runtime.compute.JobDraft;
import dev.windrow.runtime.compute.StorePlace;
import dev.windrow.spec.InvalidJobException;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.Mistake;
import dev.windrow.spec.MistakeCode;
import dev.windrow.spec.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a job's inputs and outputs are on this machine, checked.
 *
 * @param inputs data inputs by name
 * @param outputs by name
 */
record LocalPlaces(Map<String, Path> inputs, Map<String, OutputPlace> outputs) {

    private static final Pattern DATASTORE = Pattern.compile("datastores/([^/]+)");
    private static final String DEFAULT = "datastores/" + Places.DEFAULT_DATASTORE;

    /**
     * Resolves all of them.
     *
     * @throws InvalidJobException with everything that is wrong
     */
    static LocalPlaces resolve(JobDraft draft) {
        LoadedJob loaded = draft.loaded();
        ParallelJob job = loaded.job();
        Places places = new Places(draft.home(), loaded.baseFolder(), folders(draft.datastores()));
        List<Mistake> mistakes = new ArrayList<>();
        Map<String, Path> inputs = new LinkedHashMap<>();
        job.inputs()
                .forEach((name, input) -> {
                    if (input instanceof Input.Data data) {
                        String field = "inputs." + name + ".path";
                        check(
                                loaded,
                                field,
                                mistakes,
                                () -> {
                                    refuseVolume(draft, field, data.path());
                                    inputs.put(name, input(places, field, data));
                                });
                    }
                });
        Map<String, OutputPlace> outputs = new LinkedHashMap<>();
        job.outputs()
                .forEach((name, output) -> {
                    String field = "outputs." + name + ".path";
                    OutputNames names = new OutputNames(draft.name(), name);
                    check(
                            loaded,
                            field,
                            mistakes,
                            () -> {
                                refuseVolume(draft, field, output.path().orElse(DEFAULT));
                                outputs.put(name, output(places, field, output, names));
                            });
                });
        if (!mistakes.isEmpty()) {
            throw new InvalidJobException("job", mistakes);
        }
        return new LocalPlaces(inputs, outputs);
    }

    private static Map<String, Path> folders(Map<String, StorePlace> datastores) {
        Map<String, Path> folders = new LinkedHashMap<>();
        datastores.forEach((name, place) -> {
            if (place instanceof StorePlace.Folder(Path path)) {
                folders.put(name, path);
            }
        });
        return folders;
    }

    /** Otherwise the name would mean a folder below the home, as unknown names do. */
    private static void refuseVolume(JobDraft draft, String field, String value) {
        Matcher named = DATASTORE.matcher(value);
        if (named.find()) {
            StorePlace place = draft.datastores().get(named.group(1));
            if (place != null && !(place instanceof StorePlace.Folder)) {
                throw DataException.of(
                        DataError.NOT_SUPPORTED,
                        field,
                        value,
                        "a datastore on this machine, because the job runs here; %s is a volume of pods"
                                .formatted(named.group(1)));
            }
        }
    }

    private static void check(
            LoadedJob loaded, String field, List<Mistake> mistakes, Runnable resolving) {
        try {
            resolving.run();
        } catch (DataException e) {
            Place place = loaded.place(field);
            String message = String.valueOf(e.getMessage());
            mistakes.add(
                    new Mistake(
                            MistakeCode.FILE_NOT_FOUND,
                            message,
                            field,
                            place.line(),
                            place.column(),
                            "",
                            ""));
        }
    }

    private static Path input(Places places, String field, Input.Data data) {
        return places.input(field, data.path(), PlaceKind.of(data.effectiveType()));
    }

    private static OutputPlace output(
            Places places, String field, Output output, OutputNames names) {
        PlaceKind kind = PlaceKind.ofOutput(output.effectiveType());
        return output.path().isPresent()
                ? places.output(field, output.path().get(), kind, names)
                : places.defaultOutput(kind, names);
    }
}
