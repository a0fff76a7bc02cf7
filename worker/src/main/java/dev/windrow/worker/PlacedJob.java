package dev.windrow.worker;

import dev.windrow.data.place.OutputPlace;
import dev.windrow.data.place.PlaceKind;
import dev.windrow.model.EffectiveSettings;
import dev.windrow.model.ParallelJob;
import dev.windrow.worker.side.PlanSource;
import dev.windrow.worker.side.PublishTarget;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A job with the places of its data, as its agents see them.
 *
 * @param name of the job
 * @param inputs data inputs by name
 * @param outputs by name
 */
public record PlacedJob(
        String name, ParallelJob job, Map<String, Path> inputs, Map<String, OutputPlace> outputs) {

    public PlacedJob {
        inputs = Map.copyOf(inputs);
        outputs = new LinkedHashMap<>(outputs);
    }

    /** What {@code ${{inputs.NAME}}} of a data input stands for. */
    public String inputText(String input) {
        return known(inputs, input).toString();
    }

    /** What {@code ${{outputs.NAME}}} stands for. */
    public String outputText(String output) {
        return known(outputs, output).path().toString();
    }

    private static <T> T known(Map<String, T> map, String name) {
        return Optional.ofNullable(map.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no path of the name " + name));
    }

    /**
     * Where each output will be; for the one that collects rows the file itself.
     *
     * @param fileName of the collecting file within a folder
     */
    public Map<String, Path> outputPaths(String fileName) {
        Map<String, Path> paths = new LinkedHashMap<>();
        outputs.forEach((output, place) -> {
            boolean rows = job.task().appendRowTo().filter(output::equals).isPresent();
            paths.put(output, rows ? aggregate(place, fileName) : place.path());
        });
        return paths;
    }

    private static Path aggregate(OutputPlace place, String fileName) {
        return place.aggregateFile("append_row_file_name", fileName);
    }

    /** All data inputs, by the order of their names. */
    public List<Outfit.Needed> needed() {
        return new TreeMap<>(inputs)
                .entrySet().stream()
                        .map(one -> new Outfit.Needed(one.getKey(), one.getValue()))
                        .toList();
    }

    /** What is split. */
    public PlanSource source(EffectiveSettings settings) {
        return PlanSource.of(job, settings, known(inputs, job.split().input()));
    }

    /**
     * Where rows are published; empty for a job that only counts them.
     *
     * @param segments folder of the job's segments, as its agents see it
     * @param header keep the first table head
     */
    public Optional<PublishTarget> target(String fileName, boolean header, Path segments) {
        return job.task()
                .appendRowTo()
                .map(output -> aggregate(known(outputs, output), fileName))
                .map(file -> new PublishTarget(file, name, segments, header));
    }

    /**
     * The folder a script writes its own files to: the one named by {@code output_data}, else that
     * of the collected rows, else the only output there is.
     */
    public Optional<Path> outputFolder() {
        Optional<String> named =
                job.outputData()
                        .or(() -> job.task().appendRowTo())
                        .or(() ->
                                outputs.size() == 1
                                        ? outputs.keySet().stream().findFirst()
                                        : Optional.empty());
        return named.map(output -> known(outputs, output)).map(OutputPlace::folder);
    }

    /** Folders that have to be there before a script may write to them. */
    public List<Path> foldersToMake() {
        return outputs.values().stream()
                .map(place -> place.kind() == PlaceKind.URI_FILE ? place.folder() : place.path())
                .toList();
    }
}
