package dev.windrow.k8s.job;

import dev.windrow.data.DataException;
import dev.windrow.data.place.OutputNames;
import dev.windrow.data.place.OutputPlace;
import dev.windrow.data.place.PlaceKind;
import dev.windrow.data.place.VolumePlaces;
import dev.windrow.k8s.pod.DataVolume;
import dev.windrow.k8s.pod.PodPlaces;
import dev.windrow.model.DataType;
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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a job's inputs and outputs are in its pods. Nothing is looked at: the server does not see
 * these volumes.
 *
 * @param inputs data inputs by name
 * @param outputs by name
 * @param volumes that pods need for them
 */
record ClusterPlaces(
        Map<String, Path> inputs, Map<String, OutputPlace> outputs, List<DataVolume> volumes) {

    /**
     * Resolves all of them.
     *
     * @throws InvalidJobException with everything that is wrong
     */
    static ClusterPlaces resolve(JobDraft draft) {
        LoadedJob loaded = draft.loaded();
        ParallelJob job = loaded.job();
        Map<String, Path> seen = new LinkedHashMap<>();
        Map<String, DataVolume> volumes = new TreeMap<>();
        draft.datastores().forEach((name, place) -> mount(name, place, seen, volumes));
        VolumePlaces places = new VolumePlaces(seen);
        List<Mistake> mistakes = new ArrayList<>();
        Map<String, Path> inputs = new LinkedHashMap<>();
        job.inputs()
                .forEach((name, input) -> {
                    if (input instanceof Input.Data data) {
                        String field = "inputs." + name + ".path";
                        Runnable resolving =
                                () -> inputs.put(name, places.input(field, data.path()));
                        check(loaded, field, mistakes, resolving);
                    }
                });
        Map<String, OutputPlace> outputs = new LinkedHashMap<>();
        job.outputs()
                .forEach((name, output) -> {
                    String field = "outputs." + name + ".path";
                    OutputNames names = new OutputNames(draft.name(), name);
                    Runnable resolving =
                            () -> outputs.put(name, output(places, field, output, names));
                    check(loaded, field, mistakes, resolving);
                });
        if (!mistakes.isEmpty()) {
            throw new InvalidJobException("job", mistakes);
        }
        return new ClusterPlaces(inputs, outputs, List.copyOf(volumes.values()));
    }

    private static void mount(
            String name,
            StorePlace place,
            Map<String, Path> seen,
            Map<String, DataVolume> volumes) {
        String path = PodPlaces.datastore(name);
        String volume = name.toLowerCase(Locale.ROOT).replace('_', '-');
        switch (place) {
            case StorePlace.Folder _ -> {}
            case StorePlace.Claim(String claim, String folder) -> {
                seen.put(name, Path.of(path, folder));
                volumes.put(name, new DataVolume.Claim(volume, path, claim));
            }
            case StorePlace.MachineFolder(String folder) -> {
                seen.put(name, Path.of(path));
                volumes.put(name, new DataVolume.HostFolder(volume, path, folder));
            }
        }
    }

    private static void check(
            LoadedJob loaded, String field, List<Mistake> mistakes, Runnable resolving) {
        try {
            resolving.run();
        } catch (DataException e) {
            Place place = loaded.place(field);
            mistakes.add(
                    new Mistake(
                            MistakeCode.INVALID_VALUE,
                            String.valueOf(e.getMessage()),
                            field,
                            place.line(),
                            place.column(),
                            "",
                            ""));
        }
    }

    private static OutputPlace output(
            VolumePlaces places, String field, Output output, OutputNames names) {
        PlaceKind kind =
                output.effectiveType() == DataType.URI_FILE
                        ? PlaceKind.URI_FILE
                        : PlaceKind.URI_FOLDER;
        return output.path().isPresent()
                ? places.output(field, output.path().get(), kind, names)
                : places.defaultOutput(kind, names);
    }
}
