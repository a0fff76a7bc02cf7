package dev.windrow.spec;

import dev.windrow.spec.YamlNode.Entry;
import dev.windrow.spec.YamlNode.Kind;
import dev.windrow.spec.YamlNode.Mapping;
import dev.windrow.spec.YamlNode.Scalar;
import dev.windrow.spec.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Makes a tree with places from YAML text; one call for each text.
 *
 * <p>Bounds keep a hostile text from costing more than a job file is worth: its length, its depth,
 * and how many values it has once every alias is expanded.
 */
final class YamlTree {
    static final int LONGEST = 1 << 20;
    static final int DEEPEST = 64;
    static final int MOST_VALUES = 20_000;

    private static final String TAG = "tag:yaml.org,2002:";
    private static final Set<String> SCALAR_TAGS =
            Set.of("!", TAG + "str", TAG + "int", TAG + "float", TAG + "bool", TAG + "null");

    private final Problems problems;
    private final Map<String, YamlNode> anchors = new HashMap<>();
    private final Iterator<Event> events;
    private int values;

    private YamlTree(String text, Problems problems) {
        this.problems = problems;
        // The parser fails on a surrogate pair that its buffer cuts in two, so one buffer holds
        // all.
        LoadSettings settings =
                LoadSettings.builder()
                        .setCodePointLimit(2 * LONGEST)
                        .setBufferSize(text.length() + 2)
                        .build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /** Reads one document; empty when the text is no YAML, which is then among the problems. */
    static Optional<YamlNode> read(String text, Problems problems) {
        if (text.length() > LONGEST) {
            problems.add(
                    MistakeCode.SYNTAX,
                    new Place(1, 1),
                    "",
                    text.length() + " characters",
                    "a job file of up to 1 MiB");
            return Optional.empty();
        }
        try {
            return new YamlTree(text, problems).document();
        } catch (Unreadable unreadable) {
            problems.add(
                    MistakeCode.SYNTAX, unreadable.place, "", unreadable.found, unreadable.rule);
        } catch (MarkedYamlEngineException malformed) {
            addSyntax(malformed, problems);
        } catch (YamlEngineException | IllegalArgumentException malformed) {
            // Bad escapes and unprintable characters come without a mark.
            problems.add(
                    MistakeCode.SYNTAX,
                    new Place(1, 1),
                    "",
                    oneLine(String.valueOf(malformed.getMessage())),
                    "valid YAML");
        }
        return Optional.empty();
    }

    private static void addSyntax(MarkedYamlEngineException malformed, Problems problems) {
        Optional<Mark> mark = malformed.getProblemMark().or(malformed::getContextMark);
        String found = oneLine(String.valueOf(malformed.getProblem()));
        String rule =
                found.contains("TAB")
                        ? "valid YAML, indented by spaces, not by tabs"
                        : "valid YAML";
        problems.add(MistakeCode.SYNTAX, place(mark), "", found, rule);
    }

    private static String oneLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    private Optional<YamlNode> document() {
        events.next(); // stream start
        Event first = events.next();
        if (first.getEventId() == Event.ID.StreamEnd) {
            return Optional.of(new Scalar(new Place(1, 1), Kind.NULL, ""));
        }
        YamlNode root = node(events.next(), 1);
        events.next(); // document end
        Event next = events.next();
        if (next.getEventId() != Event.ID.StreamEnd) {
            throw new Unreadable(place(next.getStartMark()), "a second document", "one document");
        }
        return Optional.of(root);
    }

    private YamlNode node(Event event, int depth) {
        Place place = place(event.getStartMark());
        if (depth > DEEPEST) {
            throw new Unreadable(place, "deeper nesting", DEEPEST + " levels at most");
        }
        count(1, place);
        if (event instanceof AliasEvent alias) {
            return expand(alias.getAlias().getValue(), place);
        }
        YamlNode node =
                switch (event) {
                    case ScalarEvent scalar -> scalar(scalar, place);
                    case SequenceStartEvent _ -> sequence(place, depth);
                    case MappingStartEvent _ -> mapping(place, depth);
                    default -> throw new Unreadable(place, event.toString(), "a value");
                };
        // Kept only now, so that an alias inside its own anchor finds nothing.
        if (event instanceof NodeEvent anchored) {
            anchored.getAnchor().map(Anchor::getValue).ifPresent(name -> anchors.put(name, node));
        }
        return node;
    }

    private YamlNode expand(String name, Place place) {
        @Nullable YamlNode target = anchors.get(name);
        if (target == null) {
            throw new Unreadable(place, "*" + name, "an alias of an anchor that stands before it");
        }
        countAll(target, place);
        return target;
    }

    private void countAll(YamlNode node, Place place) {
        count(1, place);
        switch (node) {
            case Scalar _ -> {}
            case Sequence sequence -> sequence.items().forEach(item -> countAll(item, place));
            case Mapping mapping ->
                    mapping.entries().values().forEach(entry -> countAll(entry.value(), place));
        }
    }

    private void count(int more, Place place) {
        values += more;
        if (values > MOST_VALUES) {
            throw new Unreadable(
                    place, "too many values", MOST_VALUES + " values at most, aliases expanded");
        }
    }

    private static Scalar scalar(ScalarEvent event, Place place) {
        String tag = event.getTag().orElse("");
        if (!tag.isEmpty() && !SCALAR_TAGS.contains(tag)) {
            throw new Unreadable(place, tag, "no tags but those of plain YAML");
        }
        boolean text = !event.isPlain() || tag.equals("!") || tag.equals(TAG + "str");
        Kind kind = text ? Kind.TEXT : CoreSchema.kindOf(event.getValue());
        return new Scalar(place, kind, event.getValue());
    }

    private Sequence sequence(Place place, int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event next = events.next();
                next.getEventId() != Event.ID.SequenceEnd;
                next = events.next()) {
            items.add(node(next, depth + 1));
        }
        return new Sequence(place, items);
    }

    private Mapping mapping(Place place, int depth) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        List<Mapping> merged = new ArrayList<>();
        for (Event next = events.next();
                next.getEventId() != Event.ID.MappingEnd;
                next = events.next()) {
            if (!(node(next, depth + 1) instanceof Scalar key)) {
                throw new Unreadable(
                        place(next.getStartMark()), "a list or mapping as key", "a text as key");
            }
            Place keyPlace = place(next.getStartMark());
            YamlNode value = node(events.next(), depth + 1);
            if (key.text().equals("<<")) {
                merge(value, merged);
            } else {
                put(entries, key.text(), new Entry(keyPlace, value));
            }
        }
        for (Mapping other : merged) {
            other.entries().forEach(entries::putIfAbsent);
        }
        return new Mapping(place, entries);
    }

    private static void merge(YamlNode value, List<Mapping> merged) {
        switch (value) {
            case Mapping mapping -> merged.add(mapping);
            case Sequence sequence -> sequence.items().forEach(item -> merge(item, merged));
            case Scalar scalar ->
                    throw new Unreadable(scalar.place(), scalar.text(), "a mapping to merge");
        }
    }

    private void put(Map<String, Entry> entries, String key, Entry entry) {
        @Nullable Entry former = entries.putIfAbsent(key, entry);
        if (former != null) {
            problems.add(
                    MistakeCode.DUPLICATE_KEY,
                    entry.keyPlace(),
                    key,
                    "a second time",
                    "each key once; the first is at " + former.keyPlace());
        }
    }

    private static Place place(Optional<Mark> mark) {
        return mark.map(at -> new Place(at.getLine() + 1, at.getColumn() + 1))
                .orElse(new Place(1, 1));
    }

    /** Ends the reading of a text that cannot be understood any further. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Place place;
        private final String found;
        private final String rule;

        Unreadable(Place place, String found, String rule) {
            super(found);
            this.place = place;
            this.found = found;
            this.rule = rule;
        }
    }
}
