package dev.windrow.cli;

import dev.windrow.cli.Choice.Group;
import dev.windrow.cli.Choice.Section;
import java.util.ArrayList;
import java.util.List;

/** The help of a group: which words there are. Made without the option library, for speed. */
final class Overview {

    private static final int COLUMN = 19;

    private Overview() {}

    /**
     * Its lines.
     *
     * @param path all words up to the group's own, such as {@code windrow}
     */
    static List<String> lines(Group group, String path) {
        List<String> lines = new ArrayList<>();
        lines.add(group.summary());
        for (Section section : group.sections()) {
            lines.add("");
            lines.add(section.title());
            for (Choice one : section.choices()) {
                lines.add(row(one.name() + " " + one.operands(), one.summary()));
            }
        }
        lines.add("");
        lines.add("Options");
        String help = "this text; %s VERB --help tells all about a verb".formatted(path);
        lines.add(row("-h, --help", help));
        if (!group.closing().isEmpty()) {
            lines.add(group.closing());
        }
        return lines;
    }

    private static String row(String words, String summary) {
        return "  " + words + " ".repeat(Math.max(1, COLUMN - words.length())) + summary;
    }
}
