package dev.windrow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PythonRuleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    =3.11         | 3.11.7 | true
                    =3.11         | 3.1.1  | false
                    =3.1          | 3.11.7 | false
                    3.11          | 3.11.0 | true
                    =3.11.*       | 3.11.7 | true
                    ==3.11.7      | 3.11.7 | true
                    ==3.11.6      | 3.11.7 | false
                    !=3.11        | 3.11.7 | false
                    >=3.8,<3.12   | 3.11.7 | true
                    >=3.8, <3.11  | 3.11.0 | false
                    >3.11         | 3.11.7 | true
                    <=3.11        | 3.11.7 | false
                    <=3.11        | 3.11.0 | true
                    <4            | 3.14.0 | true
                    ''            | 3.8.0  | true
                    """)
    void fitsAsCondaWouldHaveIt(String rule, String version, boolean fits) {
        assertThat(new PythonRule(rule).fits(version)).isEqualTo(fits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "~=3.8",
                "=3.8=h1_0",
                ">=3.8|<3",
                "three",
                ">=3.8,",
                "=99999",
                "=3.8\n=3.9",
                "1,1,1,1,1,1,1,1,1,1,1"
            })
    void refusesWhatItCannotCompare(String rule) {
        assertThatThrownBy(() -> new PythonRule(rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: versions such as =3.10");
    }

    @Test
    void isWrittenAsPipHasIt() {
        assertThat(
                        List.of("=21.3", "==21.3.1", ">=20,<22", "!=21.1", "").stream()
                                .map(rule -> new PythonRule(rule).asRequirement()))
                .containsExactly("==21.3.*", "==21.3.1.*", ">=20,<22", "!=21.1.*", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\\", "a\u0085b", "a\u2028b", "a\u000bb"})
    void keepsALineOneLine(String line) {
        assertThat(VirtualEnvironment.isLine(line)).isFalse();
        assertThatThrownBy(() -> new VirtualEnvironment(PythonRule.ANY, List.of(line)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
