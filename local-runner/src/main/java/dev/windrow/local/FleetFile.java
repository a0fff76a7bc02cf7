package dev.windrow.local;

import dev.windrow.disk.DurableFiles;
import dev.windrow.worker.process.KnownProcess;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The instances of a fleet that outlive the engine, for the engine that comes after it: which
 * processes they are, and which server they look for. A line each: number, place, pid, begin; for
 * those that somebody else has started the number alone.
 */
final class FleetFile {

    private static final String NUMBER = "[0-9]{1,9}";

    /** A process that had ended before its begin could be asked for has none. */
    private static final Pattern LINE =
            Pattern.compile(
                    "(?<number>N)( (?<place>N) (?<pid>[0-9]{1,18}) (?<began>[^ ]*))?"
                            .replace("N", NUMBER));

    private final Path file;

    /** One instance. */
    record Member(int place, KnownProcess process) {}

    /**
     * What was there.
     *
     * @param server that the instances look for; empty when there are none or it cannot be read
     * @param members by number; empty for one that somebody else has started, or of which no more
     *     is known
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

    /**
     * What was written last. Of a file that is not whole what can be read of it; every other
     * instance that has a folder may still live then, and is taken for one that somebody else has
     * started: it is neither killed, nor is its number given to another.
     */
    Fleet read() {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException _) {
            return new Fleet(Optional.empty(), Map.of());
        } catch (IOException _) {
            text = "";
        }
        // The half of a line may look like a whole one.
        List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        Optional<URI> server = lines.stream().findFirst().flatMap(FleetFile::server);
        boolean whole = server.isPresent() && text.endsWith("\n");
        Map<Integer, Optional<Member>> members = new TreeMap<>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            whole &= take(line, members);
        }
        if (!whole) {
            folders().forEach(number -> members.putIfAbsent(number, Optional.empty()));
        }
        return new Fleet(server, members);
    }

    private static Optional<URI> server(String line) {
        try {
            return Optional.of(new URI(line)).filter(URI::isAbsolute);
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /** False when the line says nothing. */
    private static boolean take(String line, Map<Integer, Optional<Member>> members) {
        Matcher words = LINE.matcher(line);
        if (!words.matches()) {
            return false;
        }
        members.put(
                Integer.parseInt(words.group("number")),
                Optional.ofNullable(words.group("began"))
                        .map(began ->
                                new Member(
                                        Integer.parseInt(words.group("place")),
                                        new KnownProcess(
                                                Long.parseLong(words.group("pid")), began))));
        return true;
    }

    /** Numbers of instances that have a folder beside the file. */
    private List<Integer> folders() {
        List<Integer> numbers = new ArrayList<>();
        try (var found = Files.newDirectoryStream(file.resolveSibling(""), Files::isDirectory)) {
            for (Path folder : found) {
                String name = folder.getFileName().toString();
                if (name.matches(NUMBER)) {
                    numbers.add(Integer.parseInt(name));
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            // What cannot be listed can hold no instance of this user either.
        }
        return numbers;
    }

    /**
     * Replaces what is written, whole or not at all, and durably: agents on other machines outlive
     * this one.
     */
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
        DurableFiles.place(fresh, file);
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
