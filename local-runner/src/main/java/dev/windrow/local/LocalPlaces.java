package dev.windrow.local;

import dev.windrow.data.DataException;
import dev.windrow.data.place.OutputNames;
import dev.windrow.data.place.OutputPlace;
import dev.windrow.data.place.PlaceKind;
import dev.windrow.data.place.Places;
import dev.windrow.model.DataType;
import dev.windrow.model.Input;
import dev.windrow.model.Output;
import dev.windrow.model.ParallelJob;
import dev.windrow.runtime.compute.JobDraft;
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

/**
 * Where a job's inputs and outputs are on this machine, checked.
 *
 * @param inputs data inputs by name
 * @param outputs by name
 */
record LocalPlaces(Map<String, Path> inputs, Map<String, OutputPlace> outputs) {

    /**
     * Resolves all of them.
     *
     * @throws InvalidJobException with everything that is wrong
     */
    static LocalPlaces resolve(JobDraft draft) {
        LoadedJob loaded = draft.loaded();
        ParallelJob job = loaded.job();
        Places places = new Places(draft.home(), loaded.baseFolder(), draft.datastores());
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
                                () -> inputs.put(name, input(places, field, data)));
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
                            () -> outputs.put(name, output(places, field, output, names)));
                });
        if (!mistakes.isEmpty()) {
            throw new InvalidJobException("job", mistakes);
        }
        return new LocalPlaces(inputs, outputs);
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
        return places.input(field, data.path(), kind(data));
    }

    private static PlaceKind kind(Input.Data data) {
        return switch (data.effectiveType()) {
            case URI_FILE -> PlaceKind.URI_FILE;
            case URI_FOLDER -> PlaceKind.URI_FOLDER;
            case MLTABLE -> PlaceKind.MLTABLE;
            case CUSTOM_MODEL -> PlaceKind.CUSTOM_MODEL;
            case MLFLOW_MODEL -> PlaceKind.MLFLOW_MODEL;
            case TRITON_MODEL -> PlaceKind.TRITON_MODEL;
        };
    }

    private static OutputPlace output(
            Places places, String field, Output output, OutputNames names) {
        PlaceKind kind =
                output.effectiveType() == DataType.URI_FILE
                        ? PlaceKind.URI_FILE
                        : PlaceKind.URI_FOLDER;
        return output.path().isPresent()
                ? places.output(field, output.path().get(), kind, names)
                : places.defaultOutput(kind, names);
    }
}
