package dev.windrow.local;

import dev.windrow.worker.process.KnownProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The instances of a fleet that outlive the engine, for the engine that comes after it: which
 * processes they are, and which server they look for. A line each: number, place, pid, begin; for
 * those that somebody else has started the number alone.
 */
final class FleetFile {

    private final Path file;

    /** One instance. */
    record Member(int place, KnownProcess process) {}

    /**
     * What was there.
     *
     * @param server that the instances look for; empty when there are none
     * @param members by number; empty for one that somebody else has started
     */
    record Fleet(Optional<URI> server, Map<Integer, Optional<Member>> members) {

        /** A number that no instance ever had. */
        int nextNumber() {
            return members.keySet().stream().mapToInt(number -> number + 1).max().orElse(0);
        }
    }

    /**
     * @param file need not exist yet
     */
    FleetFile(Path file) {
        this.file = file;
    }

    /** What was written last; nothing when that cannot be read. */
    Fleet read() {
        Map<Integer, Optional<Member>> members = new TreeMap<>();
        try {
            List<String> lines = Files.readAllLines(file);
            for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
                List<String> words = List.of(line.split(" "));
                members.put(Integer.parseInt(words.getFirst()), member(words));
            }
            return new Fleet(lines.stream().findFirst().map(URI::create), members);
        } catch (NoSuchFileException _) {
            return new Fleet(Optional.empty(), Map.of());
        } catch (IOException | IllegalArgumentException _) {
            // The instances end by themselves when nobody answers them any more.
            return new Fleet(Optional.empty(), Map.of());
        }
    }

    private static Optional<Member> member(List<String> words) {
        return words.size() < 4
                ? Optional.empty()
                : Optional.of(
                        new Member(
                                Integer.parseInt(words.get(1)),
                                new KnownProcess(Long.parseLong(words.get(2)), words.get(3))));
    }

    /** Replaces what is written, whole or not at all. */
    void write(URI server, Map<Integer, Optional<Member>> members) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(server.toString());
        members.forEach((number, member) ->
                lines.add(
                        member.map(one ->
                                        "%d %d %d %s"
                                                .formatted(
                                                        number,
                                                        one.place(),
                                                        one.process().pid(),
                                                        one.process().began()))
                                .orElse(number.toString())));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, lines);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Kills all that still run, and forgets them. */
    void kill() {
        read().members().values().forEach(one -> one.ifPresent(it -> it.process().kill()));
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // They are dead; a second kill does no harm.
        }
    }
}
