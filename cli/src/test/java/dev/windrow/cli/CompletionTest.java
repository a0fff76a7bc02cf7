package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.cli.Command.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bash offers with the script that the command prints. */
final class CompletionTest {

    /** Asks as bash does when the tabulator is pressed; {@code compopt} works only there. */
    private static final String ASK =
            """
            compopt() { :; }
            source ./script
            COMP_WORDS=("$@")
            COMP_CWORD=$(($# - 1))
            _complete_windrow
            printf '%s\\n' "${COMPREPLY[@]}"
            """;

    @TempDir Path folder;

    @BeforeEach
    void setUp() throws IOException, InterruptedException {
        Ended printed = new Command(folder).run("completion", "bash");
        assertThat(printed.exit()).as(printed.said()).isZero();
        Files.writeString(folder.resolve("script"), printed.out());
        Files.writeString(folder.resolve("ask"), ASK);
        Files.createDirectories(folder.resolve("home/jobs/nightly"));
        Files.createDirectories(folder.resolve("home/jobs/other"));
    }

    private List<String> offered(String... typed) throws IOException, InterruptedException {
        String[] command = new String[typed.length + 2];
        command[0] = "bash";
        command[1] = "ask";
        System.arraycopy(typed, 0, command, 2, typed.length);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("WINDROW_HOME", folder.resolve("home").toString());
        Process bash = builder.redirectErrorStream(true).start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        bash.waitFor();
        return said.lines().filter(line -> !line.isBlank()).toList();
    }

    @Test
    void verbsOptionsAndFilesAreOffered() throws Exception {
        assertThat(offered("windrow", "r")).containsExactly("run", "resume");
        assertThat(offered("windrow", "--v")).containsExactly("--version");
        assertThat(offered("windrow", "help", "r")).containsExactly("run", "resume");
        assertThat(offered("windrow", "run", "--in")).containsExactly("--input", "--instances");
        assertThat(offered("windrow", "run", "--quiet", "scr")).containsExactly("script");
        assertThat(offered("windrow", "resume", "--code", "ho")).containsExactly("home");
        assertThat(offered("windrow", "completion", "")).containsExactly("bash", "zsh");
    }

    @Test
    void jobsAreOfferedAsTheyAreNow() throws Exception {
        assertThat(offered("windrow", "show", "")).containsExactly("nightly", "other");
        assertThat(offered("windrow", "resume", "--instances", "2", "n"))
                .containsExactly("nightly");
        Files.delete(folder.resolve("home/jobs/nightly"));
        assertThat(offered("windrow", "logs", "")).containsExactly("other");
    }
}
