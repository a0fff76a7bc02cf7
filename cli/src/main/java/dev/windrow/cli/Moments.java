package dev.windrow.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Moments as people read them, in their own time zone. */
final class Moments {

    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private Moments() {}

    static String local(Instant at) {
        return LOCAL.format(at.atZone(ZoneId.systemDefault()));
    }
}
