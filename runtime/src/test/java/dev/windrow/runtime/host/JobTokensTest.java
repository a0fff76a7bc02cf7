package dev.windrow.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.store.register.JobKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobTokensTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final JobKey NIGHTLY = new JobKey("default", "nightly");

    @TempDir Path folder;

    @Test
    void aLaterServerKnowsTheTokensOfTheOneBefore() throws IOException {
        Path file = folder.resolve("agents.key");
        String token = JobTokens.of(file).make(NIGHTLY, NOON, NOON);
        assertThat(JobTokens.of(file).read(token, NOON))
                .hasValueSatisfying(claim -> assertThat(claim.job()).isEqualTo(NIGHTLY));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void refusesAKeyThatWasCutOff() throws IOException {
        Path file = Files.write(folder.resolve("agents.key"), new byte[7]);
        assertThatThrownBy(() -> JobTokens.of(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": 7 bytes (expected: a key of 32; remove it for a new one)");
    }
}
