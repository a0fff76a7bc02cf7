package dev.windrow.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What an agent sees to itself before it works, because it does not share its server's disk.
 *
 * @param code SHA-256 of the archive of the job's code, in hexadecimal digits; empty for an agent
 *     that finds the code in its files
 * @param inputs that it fetches
 * @param folders of outputs and segments that it makes when they are not there
 * @param needed inputs that have to be there once it has fetched what it fetches
 */
public record Outfit(
        Optional<String> code, List<Archived> inputs, List<Path> folders, List<Needed> needed) {

    /** Of an agent that finds everything. */
    public static final Outfit NONE = new Outfit(Optional.empty(), List.of(), List.of(), List.of());

    public Outfit {
        inputs = List.copyOf(inputs);
        folders = List.copyOf(folders);
        needed = List.copyOf(needed);
    }

    /** Of an agent that fetches the code and has to see all else. */
    public static Outfit ofCode(String sha256, List<Needed> needed) {
        return new Outfit(Optional.of(sha256), List.of(), List.of(), needed);
    }

    /**
     * What is wrong with the first input that this machine does not have; empty when it has all.
     */
    public Optional<String> lack() {
        return needed.stream().flatMap(one -> one.lack().stream()).findFirst();
    }

    /**
     * An input that is at the same path wherever an agent of the job works.
     *
     * @param name of the input
     */
    public record Needed(String name, Path path) {

        Optional<String> lack() {
            String what = "input %s: %s".formatted(name, path);
            if (Files.notExists(path)) {
                return Optional.of(what + " is not there");
            }
            return Files.isReadable(path)
                    ? Optional.empty()
                    : Optional.of(what + " cannot be read");
        }
    }

    /**
     * A folder that comes as an archive.
     *
     * @param name of the input
     * @param sha256 of the archive, in hexadecimal digits
     * @param folder where the agent lays it out
     */
    public record Archived(String name, String sha256, Path folder) {}
}
