package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.client.JobMistake;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

final class UploadOptionsTest {

    private static Optional<String> advice(String code, String... typed) {
        UploadOptions options = new UploadOptions();
        CommandSpec command = CommandSpec.create();
        options.all().forEach(command::addOption);
        new CommandLine(command).parseArgs(typed);
        Optional<String> none = Optional.empty();
        return options.advice(
                List.of(
                        new JobMistake(
                                code,
                                "said",
                                none,
                                Optional.empty(),
                                Optional.empty(),
                                none,
                                none)));
    }

    @Test
    void advisesToSendWhatTheServerDoesNotFind() {
        assertThat(advice("FILE_NOT_FOUND").orElseThrow()).contains("--upload sends them");
    }

    @Test
    void advisesNothingAboutOtherMistakesOrWhoeverHasDecided() {
        assertThat(advice("UNKNOWN_KEY")).isEmpty();
        assertThat(advice("FILE_NOT_FOUND", "--no-upload")).isEmpty();
        assertThat(advice("FILE_NOT_FOUND", "--upload")).isEmpty();
    }
}
