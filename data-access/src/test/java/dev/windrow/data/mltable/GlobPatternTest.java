package dev.windrow.data.mltable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobPatternTest {
    @ParameterizedTest
    @CsvSource({
        "*.jpg, a.jpg, true",
        "*.jpg, .jpg, true",
        "*.jpg, a/b.jpg, false",
        "*/b.jpg, a/b.jpg, true",
        "**/*.jpg, a.jpg, true",
        "**/*.jpg, a/b/c.jpg, true",
        "**/*.jpg, a/b/c.png, false",
        "a/**/z, a/z, true",
        "a/**/z, a/b/c/z, true",
        "a/**/z, a/bz, false",
        "a/**/z, az, false",
        "a/**, a/b/c, true",
        "**, a/b, true",
        "a**z, a/b/z, true",
        "?.jpg, ü.jpg, true",
        "?.jpg, ab.jpg, false",
        "a?b, a/b, false",
        "[a-c]x, bx, true",
        "[a-c]x, dx, false",
        "[!a-c]x, dx, true",
        "[^a-c]x, bx, false",
        "[!a]b, /b, false",
        "[]]x, ]x, true",
        "[*]x, *x, true",
        "[ä-ü]x, öx, true",
        "[a-]x, -x, true",
        "plain, plain, true",
        "plain, plain2, false",
    })
    void matchesWholePaths(String pattern, String path, boolean matches) {
        assertThat(GlobPattern.parse(pattern).matches(path.getBytes(UTF_8))).isEqualTo(matches);
    }

    @Test
    void agreesWithARegularExpressionOnRandomPatterns() {
        Random random = new Random(11);
        String[] parts = {"a", "b", "/", "*", "?", "**/", "[ab]", "[!a]"};
        String[] expressions = {"a", "b", "/", "[^/]*", "[^/]", "(?:[^/]+/)*", "[ab]", "[^a/]"};
        for (int round = 0; round < 3_000; round++) {
            StringBuilder pattern = new StringBuilder();
            StringBuilder expression = new StringBuilder();
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                int part = random.nextInt(parts.length);
                boolean nameStarts =
                        pattern.isEmpty() || pattern.charAt(pattern.length() - 1) == '/';
                boolean star = !pattern.isEmpty() && pattern.charAt(pattern.length() - 1) == '*';
                // `**/` means folders only where a name begins, and two stars in a row would be
                // another wildcard.
                if ((part != 5 || nameStarts) && !(star && parts[part].startsWith("*"))) {
                    pattern.append(parts[part]);
                    expression.append(expressions[part]);
                }
            }
            Pattern reference = Pattern.compile(expression.toString());
            GlobPattern glob = GlobPattern.parse(pattern.toString());
            for (int i = 0; i < 20; i++) {
                String path = path(random);
                boolean wanted = reference.matcher(path).matches();
                assertThat(glob.matches(path.getBytes(UTF_8)))
                        .as(pattern + " on " + path)
                        .isEqualTo(wanted);
                if (wanted && path.contains("/")) {
                    byte[] folder = path.substring(0, path.lastIndexOf('/') + 1).getBytes(UTF_8);
                    assertThat(glob.mayHoldMatches(folder)).isTrue();
                }
            }
        }
    }

    @Test
    void entersOnlyFoldersThatCanHoldMatches() {
        GlobPattern pattern = GlobPattern.parse("2024-*/[ab]/*.csv");

        assertThat(pattern.mayHoldMatches("2024-01/".getBytes(UTF_8))).isTrue();
        assertThat(pattern.mayHoldMatches("2024-01/a/".getBytes(UTF_8))).isTrue();
        assertThat(pattern.mayHoldMatches("2024-01/c/".getBytes(UTF_8))).isFalse();
        assertThat(pattern.mayHoldMatches("2023-01/".getBytes(UTF_8))).isFalse();
        assertThat(pattern.mayHoldMatches("2024-01/a/b/".getBytes(UTF_8))).isFalse();
    }

    @Test
    void staysFastOnPatternsMadeToBeSlow() {
        GlobPattern pattern = GlobPattern.parse("*a".repeat(200));

        assertThat(pattern.matches("a".repeat(4_000).getBytes(UTF_8))).isTrue();
        assertThat(pattern.matches(("a".repeat(4_000) + "b").getBytes(UTF_8))).isFalse();
    }

    @Test
    void matchesBytesThatAreNotText() {
        assertThat(GlobPattern.parse("a?b").matches(new byte[] {'a', (byte) 0xff, 'b'})).isTrue();
        assertThat(GlobPattern.parse("*").matches(new byte[] {(byte) 0xff, (byte) 0xfe})).isTrue();
        assertThat(GlobPattern.parse("?").matches(new byte[] {(byte) 0xff, (byte) 0xfe})).isFalse();
    }

    @Test
    void refusesBracketsThatDoNotClose() {
        assertThatThrownBy(() -> GlobPattern.parse("a[bc")).hasMessage("a ] for each [");
        assertThatThrownBy(() -> GlobPattern.parse("[z-a]"))
                .hasMessage("a range in [..] that goes upwards");
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder(random.nextBoolean() ? "a" : "b");
        for (int i = random.nextInt(5); i > 0; i--) {
            boolean slash = random.nextInt(3) == 0 && path.charAt(path.length() - 1) != '/';
            path.append(slash ? '/' : random.nextBoolean() ? 'a' : 'b');
        }
        return path.charAt(path.length() - 1) == '/' ? path + "a" : path.toString();
    }
}
