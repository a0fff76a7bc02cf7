package dev.windrow.cli;

import dev.windrow.cli.view.SettingsText;
import dev.windrow.cli.view.Style;
import dev.windrow.cli.view.Style.Paint;
import dev.windrow.runtime.PreparedRun;
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
        run.notices()
                .forEach(notice ->
                        lines.add(
                                "  "
                                        + style.paint(Paint.WARNING, "note")
                                        + " ".repeat(10)
                                        + notice));
        return lines;
    }
}
