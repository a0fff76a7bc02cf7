package dev.windrow.spec;

import dev.windrow.spec.YamlNode.Kind;
import dev.windrow.spec.YamlNode.Mapping;
import dev.windrow.spec.YamlNode.Scalar;
import dev.windrow.spec.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;

/** Writes a tree as YAML in block style; texts are quoted where they would read otherwise. */
final class YamlText {
    private final List<Event> events = new ArrayList<>();

    private YamlText() {}

    static String of(YamlNode root) {
        YamlText text = new YamlText();
        text.events.add(new StreamStartEvent());
        text.events.add(new DocumentStartEvent(false, Optional.empty(), Map.of()));
        text.add(root);
        text.events.add(new DocumentEndEvent(false));
        text.events.add(new StreamEndEvent());
        DumpSettings settings =
                DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .setSplitLines(false)
                        .setMaxSimpleKeyLength(1000)
                        .build();
        return new Present(settings).emitToString(text.events.iterator());
    }

    private void add(YamlNode node) {
        switch (node) {
            case Scalar scalar -> scalar(scalar.text(), scalar.kind());
            case Sequence sequence -> {
                FlowStyle style = sequence.items().isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
                events.add(new SequenceStartEvent(Optional.empty(), Optional.empty(), true, style));
                sequence.items().forEach(this::add);
                events.add(new SequenceEndEvent());
            }
            case Mapping mapping -> {
                FlowStyle style = mapping.entries().isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
                events.add(new MappingStartEvent(Optional.empty(), Optional.empty(), true, style));
                mapping.entries()
                        .forEach((key, entry) -> {
                            scalar(key, Kind.TEXT);
                            add(entry.value());
                        });
                events.add(new MappingEndEvent());
            }
        }
    }

    private void scalar(String text, Kind kind) {
        boolean plain = kind != Kind.TEXT || CoreSchema.kindOf(text) == Kind.TEXT;
        ScalarStyle style =
                plain && isOneLine(text) ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED;
        events.add(
                new ScalarEvent(
                        Optional.empty(),
                        Optional.empty(),
                        new ImplicitTuple(plain, true),
                        text,
                        style));
    }

    /** Beyond ASCII the rules for plain text differ between parsers, so it is quoted. */
    private static boolean isOneLine(String text) {
        return text.chars().allMatch(letter -> letter >= ' ' && letter <= '~');
    }
}
