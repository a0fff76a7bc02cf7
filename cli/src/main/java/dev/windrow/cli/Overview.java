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
        int column =
                group.choices().stream()
                        .mapToInt(one -> words(one).length() + 2)
                        .reduce(COLUMN, Math::max);
        lines.add(group.summary());
        for (Section section : group.sections()) {
            lines.add("");
            lines.add(section.title());
            for (Choice one : section.choices()) {
                lines.add(row(words(one), one.summary(), column));
            }
        }
        lines.add("");
        lines.add("Options");
        String help = "this text; %s VERB --help tells all about a verb".formatted(path);
        lines.add(row("-h, --help", help, column));
        if (!group.closing().isEmpty()) {
            lines.add(group.closing());
        }
        return lines;
    }

    private static String words(Choice one) {
        return one.name() + " " + one.operands();
    }

    private static String row(String words, String summary, int column) {
        return "  " + words + " ".repeat(column - words.length()) + summary;
    }
}
