package dev.windrow.worker;

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
 */
public record Outfit(Optional<String> code, List<Archived> inputs, List<Path> folders) {

    /** Of an agent that finds everything. */
    public static final Outfit NONE = new Outfit(Optional.empty(), List.of(), List.of());

    public Outfit {
        inputs = List.copyOf(inputs);
        folders = List.copyOf(folders);
    }

    /** Of an agent that fetches the code and sees all else. */
    public static Outfit ofCode(String sha256) {
        return new Outfit(Optional.of(sha256), List.of(), List.of());
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
