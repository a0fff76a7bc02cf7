package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HelpTextTest {

    private static final Pattern OPTION =
            Pattern.compile("^ +(?:-[a-z], )?(--[a-z-]+)", Pattern.MULTILINE);

    static Iterable<String> verbs() {
        return Verbs.NAMES;
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void tellsOfEveryOptionThereIsAndOfNoOther(String verb) {
        List<String> there = Verbs.find(verb).orElseThrow().syntax().names();
        TreeSet<String> told = new TreeSet<>();
        OPTION.matcher(HelpText.of(verb).orElseThrow())
                .results()
                .forEach(found -> told.add(found.group(1)));
        assertThat(told).containsExactlyElementsOf(there);
        assertThat(HelpText.of(verb).orElseThrow()).contains("Example");
        assertThat(HelpText.overview()).contains(verb);
    }
}
