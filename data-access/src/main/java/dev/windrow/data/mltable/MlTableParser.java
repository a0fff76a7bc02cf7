package dev.windrow.data.mltable;

import dev.windrow.data.DataError;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Goes through the events of an MLTable file once, so that a list of a million paths is never a
 * tree in memory.
 */
final class MlTableParser {
    private static final Set<String> TOLERATED =
            Set.of("$schema", "metadata", "traits", "name", "version", "description", "tags");
    private static final Set<String> READERS =
            Set.of("read_delimited", "read_parquet", "read_json_lines", "read_delta_lake");

    /** Characters per read; the library's 1 KiB makes long lists slow. */
    private static final int READ_AHEAD = 64 << 10;

    private final Iterator<Event> events;
    private final PathEntries entries;
    private final Mistakes mistakes;
    private final Consumer<String> warnings;
    private Position last = new Position(1, 1);

    MlTableParser(
            InputStream in, PathEntries entries, Mistakes mistakes, Consumer<String> warnings) {
        // The library stops at 3 MiB of text; the size of the file was checked against our own
        // bound.
        LoadSettings settings =
                LoadSettings.builder()
                        .setCodePointLimit(MlTable.MAX_BYTES)
                        .setUseMarks(true)
                        .setBufferSize(READ_AHEAD)
                        .build();
        this.events = new Parse(settings).parseInputStream(in).iterator();
        this.entries = entries;
        this.mistakes = mistakes;
        this.warnings = warnings;
    }

    void parse() {
        try {
            document();
        } catch (MarkedYamlEngineException e) {
            String problem = e.getProblem() == null ? e.getMessage() : e.getProblem();
            mistakes.add(
                    DataError.MLTABLE_INVALID,
                    Position.of(e.getProblemMark()),
                    "not YAML: " + problem);
        } catch (ReaderException e) {
            mistakes.add(DataError.MLTABLE_INVALID, last, "not YAML: " + e.getMessage());
        } catch (YamlEngineException e) {
            mistakes.add(DataError.MLTABLE_INVALID, last, "not UTF-8 text: " + e.getMessage());
        }
    }

    private void document() {
        Event event = next();
        while (is(event, Event.ID.StreamStart) || is(event, Event.ID.DocumentStart)) {
            event = next();
        }
        if (!is(event, Event.ID.MappingStart)) {
            invalid("MLTable", shown(event), "a mapping with the key paths");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (event = next(); !is(event, Event.ID.MappingEnd); event = next()) {
            if (event instanceof ScalarEvent key) {
                if (!seen.add(key.getValue())) {
                    invalid("key", key.getValue(), "each key once");
                }
                value(key.getValue());
            } else {
                invalid("key", shown(event), "a plain word");
                skip(event);
                skip(next());
            }
        }
        if (!seen.contains("paths")) {
            invalid("paths", "missing", "a list of file, folder and pattern entries");
        }
    }

    private void value(String key) {
        switch (key) {
            case "paths" -> sequence(key, this::pathEntry);
            case "transformations" -> sequence(key, this::transformation);
            case "type" -> type(next());
            default -> {
                if (!TOLERATED.contains(key)) {
                    warnings.accept("MLTable:" + last + ": key '" + key + "' means nothing here");
                }
                skip(next());
            }
        }
    }

    private void type(Event event) {
        if (!(event instanceof ScalarEvent scalar) || !scalar.getValue().equals("mltable")) {
            invalid("type", shown(event), "mltable");
            skip(event);
        }
    }

    private void sequence(String key, Consumer<Event> element) {
        Event event = next();
        boolean nothing =
                event instanceof ScalarEvent scalar
                        && scalar.getValue().isEmpty()
                        && scalar.isPlain();
        if (nothing) {
            return;
        }
        if (!is(event, Event.ID.SequenceStart)) {
            invalid(key, shown(event), "a list");
            skip(event);
            return;
        }
        for (event = next(); !is(event, Event.ID.SequenceEnd); event = next()) {
            element.accept(event);
        }
    }

    private void pathEntry(Event start) {
        if (!is(start, Event.ID.MappingStart)) {
            invalid("paths entry", shown(start), "file: PATH, folder: PATH or pattern: PATH");
            skip(start);
            return;
        }
        int keys = 0;
        Position at = last;
        for (Event key = next(); !is(key, Event.ID.MappingEnd); key = next()) {
            String name = shown(key);
            if (!(key instanceof ScalarEvent)) {
                skip(key);
            }
            Event value = next();
            if (value instanceof ScalarEvent path) {
                entries.add(name, path.getValue(), last);
            } else {
                invalid(name, shown(value), "a path");
                skip(value);
            }
            keys++;
        }
        if (keys != 1) {
            mistakes.add(
                    DataError.MLTABLE_INVALID,
                    at,
                    "paths entry",
                    keys + " keys",
                    "one of file, folder and pattern");
        }
    }

    private void transformation(Event start) {
        Event named = is(start, Event.ID.MappingStart) ? next() : start;
        String name = shown(named);
        String rule =
                READERS.contains(name)
                        ? "no reading transformation; tables are not built yet, only lists of files"
                        : "no transformation; an MLTable is a list of files here";
        mistakes.add(DataError.NOT_SUPPORTED, last, "transformations", name, rule);
        if (!is(start, Event.ID.MappingStart)) {
            skip(start);
        } else if (!is(named, Event.ID.MappingEnd)) {
            skip(named);
            skipToEnd();
        }
    }

    /** Leaves out the value that starts with this event. */
    private void skip(Event start) {
        if (opens(start)) {
            skipToEnd();
        }
    }

    private void skipToEnd() {
        int depth = 1;
        while (depth > 0) {
            Event event = next();
            depth += opens(event) ? 1 : closes(event) ? -1 : 0;
        }
    }

    private Event next() {
        Event event = events.next();
        last = Position.of(event.getStartMark());
        return event;
    }

    private void invalid(String name, String value, String rule) {
        mistakes.add(DataError.MLTABLE_INVALID, last, name, value, rule);
    }

    private static boolean opens(Event event) {
        return is(event, Event.ID.MappingStart) || is(event, Event.ID.SequenceStart);
    }

    private static boolean closes(Event event) {
        return is(event, Event.ID.MappingEnd) || is(event, Event.ID.SequenceEnd);
    }

    private static boolean is(Event event, Event.ID id) {
        return event.getEventId() == id;
    }

    private static String shown(Event event) {
        return event instanceof ScalarEvent scalar
                ? scalar.getValue()
                : switch (event.getEventId()) {
                    case MappingStart -> "a mapping";
                    case SequenceStart -> "a list";
                    case Alias -> "an alias";
                    case StreamEnd, DocumentEnd, MappingEnd -> "nothing";
                    case Comment, DocumentStart, Scalar, SequenceEnd, StreamStart ->
                            event.getEventId().name();
                };
    }
}
