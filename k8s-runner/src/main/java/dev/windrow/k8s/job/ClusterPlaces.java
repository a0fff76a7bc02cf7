package dev.windrow.k8s.job;

import dev.windrow.data.DataException;
import dev.windrow.data.place.OutputNames;
import dev.windrow.data.place.OutputPlace;
import dev.windrow.data.place.PlaceKind;
import dev.windrow.data.place.Places;
import dev.windrow.data.place.VolumePlaces;
import dev.windrow.k8s.pod.DataVolume;
import dev.windrow.k8s.pod.PodPlaces;
import dev.windrow.model.Input;
import dev.windrow.model.Output;
import dev.windrow.runtime.compute.JobDraft;
import dev.windrow.runtime.compute.StorePlace;
import dev.windrow.spec.MistakeCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a job's inputs and outputs are in its pods. The server does not see volumes, so nothing is
 * looked at there; what it does see itself it hands out to pods.
 *
 * @param inputs data inputs by name, as pods see them
 * @param outputs by name, as pods see them
 * @param handedOut inputs that agents fetch
 * @param stores where pods see each datastore
 * @param volumes that pods need for them
 */
record ClusterPlaces(
        Map<String, Path> inputs,
        Map<String, OutputPlace> outputs,
        List<HandedOut> handedOut,
        Map<String, Path> stores,
        List<DataVolume> volumes) {

    private static final Pattern URI =
            Pattern.compile("azureml://datastores/([^/]+)/paths/(.*)", Pattern.DOTALL);
    private static final Pattern DATASTORE = Pattern.compile("datastores/([^/]+)");

    /**
     * An input that the server sees, and agents fetch.
     *
     * @param here a file or folder of this machine
     * @param folder of a pod, in which that file is, or what that folder holds
     */
    record HandedOut(String name, Path here, Path folder) {}

    /** Resolves all of them. */
    static ClusterPlaces resolve(JobDraft draft, Mistakes mistakes) {
        return new Resolving(draft, mistakes).all();
    }

    /** The datastore that holds a path of a pod, as a user names it; empty for none. */
    Optional<String> uri(Path path) {
        return store(path)
                .map(store ->
                        "azureml://datastores/%s/paths/%s"
                                .formatted(store.getKey(), store.getValue().relativize(path)));
    }

    /** The path of a pod that such a text names; empty for any other. */
    Optional<Path> path(String uri) {
        Matcher parts = URI.matcher(uri);
        return parts.matches()
                ? Optional.ofNullable(stores.get(parts.group(1)))
                        .map(root -> root.resolve(parts.group(2)))
                : Optional.empty();
    }

    /** The root of the datastore that holds a path of a pod. */
    Optional<Path> root(Path path) {
        return store(path).map(Map.Entry::getValue);
    }

    private Optional<Map.Entry<String, Path>> store(Path path) {
        return stores.entrySet().stream()
                .filter(one -> path.startsWith(one.getValue()))
                .findFirst();
    }

    /** Looks at one after the other. */
    private static final class Resolving {
        private final JobDraft draft;
        private final Mistakes mistakes;
        private final Map<String, Path> stores = new TreeMap<>();
        private final List<DataVolume> volumes = new ArrayList<>();
        private final List<HandedOut> handedOut = new ArrayList<>();
        private final Places here;

        Resolving(JobDraft draft, Mistakes mistakes) {
            this.draft = draft;
            this.mistakes = mistakes;
            Map<String, Path> folders = new TreeMap<>();
            new TreeMap<>(draft.datastores()).forEach((name, place) -> store(name, place, folders));
            this.here = new Places(draft.home(), draft.loaded().baseFolder(), folders);
        }

        private void store(String name, StorePlace place, Map<String, Path> folders) {
            String path = PodPlaces.datastore(name);
            // Names of datastores have letters that names of volumes may not have.
            String volume = Integer.toString(volumes.size());
            switch (place) {
                case StorePlace.Folder(Path folder) -> folders.put(name, folder);
                case StorePlace.Claim(String claim, String folder) -> {
                    stores.put(name, Path.of(path, folder));
                    volumes.add(new DataVolume.Claim(volume, path, claim));
                }
                case StorePlace.MachineFolder(String folder) -> {
                    stores.put(name, Path.of(path));
                    volumes.add(new DataVolume.HostFolder(volume, path, folder));
                }
            }
        }

        ClusterPlaces all() {
            VolumePlaces volume = new VolumePlaces(stores);
            Map<String, Path> inputs = new LinkedHashMap<>();
            draft.loaded()
                    .job()
                    .inputs()
                    .forEach((name, input) -> {
                        if (input instanceof Input.Data data) {
                            String field = "inputs." + name + ".path";
                            check(field, () -> inputs.put(name, input(volume, name, field, data)));
                        }
                    });
            Map<String, OutputPlace> outputs = new LinkedHashMap<>();
            draft.loaded()
                    .job()
                    .outputs()
                    .forEach((name, output) -> {
                        String field = "outputs." + name + ".path";
                        check(field, () -> outputs.put(name, output(volume, name, field, output)));
                    });
            return new ClusterPlaces(inputs, outputs, handedOut, stores, volumes);
        }

        private void check(String field, Runnable resolving) {
            try {
                resolving.run();
            } catch (DataException e) {
                mistakes.add(MistakeCode.INVALID_VALUE, field, String.valueOf(e.getMessage()));
            }
        }

        private Path input(VolumePlaces volume, String name, String field, Input.Data data) {
            Matcher named = DATASTORE.matcher(data.path());
            if (named.find() && stores.containsKey(named.group(1))) {
                return volume.input(field, data.path());
            }
            Path path = here.input(field, data.path(), PlaceKind.of(data.effectiveType()));
            // Names of inputs may hold what names of folders may not.
            Path folder = Path.of(PodPlaces.INPUTS, Integer.toString(handedOut.size()));
            handedOut.add(new HandedOut(name, path, folder));
            return Files.isRegularFile(path) ? folder.resolve(path.getFileName()) : folder;
        }

        private OutputPlace output(VolumePlaces volume, String name, String field, Output output) {
            if (!output.effectiveOverwrite()) {
                mistakes.refuse(
                        "outputs." + name + ".overwrite",
                        "false",
                        "true, because only pods see whether something is there");
            }
            PlaceKind kind = PlaceKind.ofOutput(output.effectiveType());
            OutputNames names = new OutputNames(draft.name(), name);
            return output.path().isPresent()
                    ? volume.output(field, output.path().get(), kind, names)
                    : volume.defaultOutput(kind, names);
        }
    }
}
