package dev.windrow.cli.view;

import dev.windrow.cli.view.Style.Paint;
import dev.windrow.model.Setting;
import dev.windrow.model.Setting.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings a job runs by, in one compact block, by where they came from. */
public final class SettingsText {

    private static final int LABEL = 14;

    private SettingsText() {}

    /**
     * The block, line by line: one paragraph for each origin, the defaults last.
     *
     * @param width columns that a line may take
     */
    public static List<String> lines(List<Setting> settings, Style style, int width) {
        Map<Origin, List<String>> byOrigin = new LinkedHashMap<>();
        for (Origin origin :
                List.of(Origin.COMMAND_LINE, Origin.JOB_FILE, Origin.OPTION, Origin.DEFAULT)) {
            byOrigin.put(origin, new ArrayList<>());
        }
        for (Setting setting : settings) {
            byOrigin.computeIfAbsent(setting.origin(), _ -> new ArrayList<>())
                    .add(setting.name() + " " + setting.value());
        }
        List<String> lines = new ArrayList<>();
        byOrigin.forEach((origin, texts) -> paragraph(lines, origin, texts, style, width));
        return lines;
    }

    private static void paragraph(
            List<String> lines, Origin origin, List<String> texts, Style style, int width) {
        String label = label(origin);
        StringBuilder line = new StringBuilder();
        for (String text : texts) {
            if (!line.isEmpty() && LABEL + 4 + line.length() + text.length() > width) {
                lines.add(row(label, line + ",", style));
                label = "";
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : ", ").append(text);
        }
        if (!line.isEmpty()) {
            lines.add(row(label, line.toString(), style));
        }
    }

    private static String label(Origin origin) {
        return switch (origin) {
            case DEFAULT -> "defaults";
            case JOB_FILE -> "job file";
            case OPTION -> "arguments";
            case COMMAND_LINE -> "command line";
        };
    }

    private static String row(String label, String text, Style style) {
        String padded = label + " ".repeat(LABEL - label.length());
        return "  " + style.paint(Paint.FAINT, padded) + text;
    }
}
