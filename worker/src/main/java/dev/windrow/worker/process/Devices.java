package dev.windrow.worker.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The GPUs this process may hand out.
 *
 * @param indexes as {@code CUDA_VISIBLE_DEVICES} names them
 */
public record Devices(List<String> indexes) {

    /** None to hand out. */
    public static final Devices NONE = new Devices(List.of());

    public Devices {
        indexes = List.copyOf(indexes);
    }

    /** What {@code CUDA_VISIBLE_DEVICES} allows, else what the driver shows. */
    public static Devices find() {
        String visible = System.getenv("CUDA_VISIBLE_DEVICES");
        if (visible != null) {
            return new Devices(
                    List.of(visible.split(",")).stream()
                            .map(String::strip)
                            .filter(one -> !one.isEmpty() && !one.equals("-1"))
                            .toList());
        }
        return new Devices(fromDriver());
    }

    /**
     * The part that one of several instances on this machine hands out to its workers. Neighbours
     * go together, every device to one instance; with fewer devices than instances some have none.
     */
    public Devices share(int place, int instances) {
        int from = place * indexes.size() / instances;
        int to = (place + 1) * indexes.size() / instances;
        return new Devices(indexes.subList(from, to));
    }

    private static List<String> fromDriver() {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Path.of("/dev"), "nvidia[0-9]*")) {
            files.forEach(
                    file -> found.add(file.getFileName().toString().substring("nvidia".length())));
        } catch (IOException e) {
            return List.of();
        }
        Collections.sort(found);
        return found;
    }
}
