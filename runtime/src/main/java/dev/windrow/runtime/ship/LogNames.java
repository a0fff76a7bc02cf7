package dev.windrow.runtime.ship;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Which names of files an agent may write to. */
final class LogNames {

    private static final int LENGTH_MOST = 1_000;
    private static final int PART_BYTES_MOST = 200;
    private static final int PARTS_LEAST = 4;
    private static final int PARTS_MOST = 12;
    private static final Set<String> OF_SYS = Set.of("node", "perf");

    private LogNames() {}

    /**
     * The parts of a name.
     *
     * @throws LogRefusal unless it is a plain path below {@code sys/node/N}, {@code sys/perf/N} or
     *     {@code user/ANY/N}, N being the agent's number
     */
    static List<String> parts(String file, int agent) {
        List<String> parts = List.of(file.split("/", -1));
        boolean plain =
                file.length() <= LENGTH_MOST
                        && parts.size() >= PARTS_LEAST
                        && parts.size() <= PARTS_MOST
                        && parts.stream().allMatch(LogNames::isPlain);
        if (!plain) {
            throw refused(
                    file, "a plain path of %d to %d parts".formatted(PARTS_LEAST, PARTS_MOST));
        }
        String number = Integer.toString(agent);
        String kind = parts.getFirst();
        boolean known =
                kind.equals("user") || (kind.equals("sys") && OF_SYS.contains(parts.get(1)));
        if (!known || !parts.get(2).equals(number)) {
            throw refused(
                    file,
                    "below sys/node/%s, sys/perf/%s or user/ANY/%s"
                            .formatted(number, number, number));
        }
        return parts;
    }

    private static boolean isPlain(String part) {
        return !part.isEmpty()
                && !part.equals(".")
                && !part.equals("..")
                && part.indexOf('\\') < 0
                && part.codePoints()
                        .noneMatch(one ->
                                Character.isISOControl(one)
                                        || (one >= Character.MIN_SURROGATE
                                                && one <= Character.MAX_SURROGATE))
                && part.getBytes(StandardCharsets.UTF_8).length <= PART_BYTES_MOST;
    }

    static LogRefusal refused(String file, String rule) {
        return new LogRefusal("file", file, rule);
    }
}
