package dev.windrow.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TidyTest {

    private static final int FILE_LINES_MAX = 400;
    private static final int METHOD_LINES_MAX = 60;

    // Put together here, so that this file does not find itself.
    private static final Pattern MARKER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w./}-])/(ro" + "ot|wo" + "rk)/");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");

    @Test
    void noFileIsTooLong() {
        assertThat(Repository.files(".java", ".py", ".sh"))
                .filteredOn(file -> Repository.text(file).lines().count() > FILE_LINES_MAX)
                .isEmpty();
    }

    @Test
    void noMethodIsTooLong() {
        assertThat(JavaSource.methods(Repository.files(".java")))
                .hasSizeGreaterThan(1000)
                .filteredOn(method -> method.lines() > METHOD_LINES_MAX)
                .isEmpty();
    }

    @Test
    void everyDocumentHasATitle() {
        assertThat(Repository.files(".md"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Repository.text(file)).startsWith("# "));
    }

    @Test
    void everyLinkLeadsToAFile() {
        assertThat(Repository.files(".md").stream().flatMap(TidyTest::deadLinks)).isEmpty();
    }

    private static Stream<String> deadLinks(Path document) {
        Path folder = Repository.root().resolve(document).resolveSibling(".");
        String prose = CODE.matcher(Repository.text(document)).replaceAll("");
        return LINK.matcher(prose)
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.matches("(https?|mailto):.*"))
                .filter(target -> Files.notExists(folder.resolve(target)))
                .map(target -> document + ": " + target);
    }

    @Test
    void nothingIsLeftForLaterWithoutARecord() {
        assertThat(lines(MARKER)).isEmpty();
    }

    @Test
    void noMergeIsHalfDone() {
        assertThat(lines(Pattern.compile("^(<{7}|>{7}) "))).isEmpty();
    }

    @Test
    void nothingNamesTheMachineItWasWrittenOn() {
        assertThat(lines(MACHINE_PATH)).isEmpty();
    }

    private static List<String> lines(Pattern unwanted) {
        return Repository.files(
                        ".java", ".py", ".sh", ".md", ".xml", ".yml", ".sql", ".json", ".toml",
                        "windrow", "dev", "run")
                .stream()
                .flatMap(file -> hits(file, unwanted))
                .toList();
    }

    private static Stream<String> hits(Path file, Pattern unwanted) {
        Matcher matcher = unwanted.matcher("");
        return Repository.text(file)
                .lines()
                .filter(line -> matcher.reset(line).find())
                .map(line -> file + ": " + line.strip());
    }

    @Test
    void everyModuleHasItsRoomInTheArchitecture() {
        String architecture = Repository.text(Path.of("ARCHITECTURE.md"));
        assertThat(Repository.modules())
                .allSatisfy(module -> assertThat(architecture).contains("| `" + module + "` |"));
    }
}
