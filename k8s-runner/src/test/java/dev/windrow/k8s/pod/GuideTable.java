package dev.windrow.k8s.pod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The guide's list of what users may be told; a sentence that is not in it helps nobody. */
final class GuideTable {

    private static final Path GUIDE = Path.of("../docs/guides/when-pods-do-not-run.md");
    private static final Pattern ROW = Pattern.compile("^\\| `(.*?)` \\|", Pattern.MULTILINE);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\b(?!CPU\\b)[A-Z]+\\b");

    private GuideTable() {}

    /** Whether one of its rows has this sentence, with its capitals standing for anything. */
    static boolean tells(String sentence) throws IOException {
        return ROW.matcher(Files.readString(GUIDE))
                .results()
                .map(row -> pattern(row.group(1)))
                .anyMatch(row -> row.matcher(sentence).matches());
    }

    private static Pattern pattern(String row) {
        String[] fixed = PLACEHOLDER.split(row, -1);
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < fixed.length; i++) {
            regex.append(i == 0 ? "" : ".+").append(Pattern.quote(fixed[i]));
        }
        return Pattern.compile(regex.toString());
    }
}
