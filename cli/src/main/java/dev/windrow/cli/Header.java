package dev.windrow.cli;

import dev.windrow.cli.view.SettingsText;
import dev.windrow.cli.view.Style;
import dev.windrow.cli.view.Style.Paint;
import dev.windrow.runtime.PreparedRun;
import dev.windrow.spec.Notice;
import dev.windrow.spec.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * What is shown before a job runs.
 *
 * @param doing what is about to happen, such as {@code run}
 */
record Header(String doing, PreparedRun run) {

    List<String> lines(Style style, int width) {
        List<String> lines = new ArrayList<>();
        lines.add(doing + " " + style.paint(Paint.STRONG, run.name()));
        lines.addAll(SettingsText.lines(run.settings().asPrinted(), style, width));
        String label = "  " + style.paint(Paint.WARNING, "note") + " ".repeat(10);
        run.notices().forEach(notice -> lines.add(label + text(notice)));
        return lines;
    }

    private static String text(Notice notice) {
        return notice.place().equals(Place.NONE)
                ? notice.text()
                : "line %d: %s".formatted(notice.place().line(), notice.text());
    }
}
