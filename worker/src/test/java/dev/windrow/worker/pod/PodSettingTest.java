package dev.windrow.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PodSettingTest {

    @TempDir Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Path token;

    @BeforeEach
    void setUp() throws IOException {
        token = Files.writeString(folder.resolve("token"), "wjt_abc\n");
        environment.put("WINDROW_SERVER", "http://windrow.test:7480/");
        environment.put("WINDROW_INSTANCE", "12");
        environment.put("WINDROW_TOKEN_FILE", token.toString());
        environment.put("WINDROW_WORK", "/windrow/work");
    }

    @Test
    void readsWhatThePodWasGiven() throws IOException {
        PodSetting setting = PodSetting.of(environment);

        assertThat(setting.server()).isEqualTo(URI.create("http://windrow.test:7480"));
        assertThat(setting.token()).isEqualTo("wjt_abc");
        assertThat(setting.instance()).isEqualTo(12);
        assertThat(setting.work()).isEqualTo(Path.of("/windrow/work"));
    }

    @ParameterizedTest
    @CsvSource({
        "WINDROW_SERVER, '', WINDROW_SERVER: missing",
        "WINDROW_SERVER, windrow:7480, 'WINDROW_SERVER: windrow:7480 (expected: http'",
        "WINDROW_SERVER, ht tp://x, 'WINDROW_SERVER: ht tp://x (expected: http'",
        "WINDROW_INSTANCE, -1, 'WINDROW_INSTANCE: -1 (expected: a number'",
        "WINDROW_INSTANCE, 12345678, 'WINDROW_INSTANCE: 12345678 (expected'",
        "WINDROW_TOKEN_FILE, /nowhere/token, 'WINDROW_TOKEN_FILE: /nowhere/token cannot be read'",
        "WINDROW_WORK, ' ', WINDROW_WORK: missing"
    })
    void namesWhatIsWrong(String name, String value, String message) {
        environment.put(name, value);

        assertThatThrownBy(() -> PodSetting.of(environment))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aFileWithoutATokenIsNamedAndNotShown() throws IOException {
        Files.writeString(token, "two words");

        assertThatThrownBy(() -> PodSetting.of(environment))
                .hasMessageContaining("holds no token")
                .hasMessageNotContaining("two words");
    }
}
