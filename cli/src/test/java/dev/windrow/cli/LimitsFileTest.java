package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.runtime.host.Quota;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LimitsFileTest {

    @TempDir Path folder;

    private Quota.All read(String text) throws Exception {
        return LimitsFile.read(Files.writeString(folder.resolve("limits.yml"), text));
    }

    @Test
    void readsUsersAndComputes() throws Exception {
        Quota.All all =
                read(
                        """
                        users:
                          "*": {jobs: 2, gpus: 0}
                          ada: {instances: 8}
                        computes:
                          local: {jobs: 4}
                        """);
        assertThat(all.users())
                .containsEntry(
                        "*", new Quota(OptionalInt.of(2), OptionalInt.empty(), OptionalInt.of(0)));
        assertThat(all.users().get("ada"))
                .isEqualTo(new Quota(OptionalInt.empty(), OptionalInt.of(8), OptionalInt.empty()));
        assertThat(all.computes()).containsOnlyKeys("local");
        assertThat(read("users:\ncomputes:\n")).isEqualTo(Quota.All.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    [];limits: no mapping (expected: keys with values)
                    user: {};limits: user (expected: one of computes, users)
                    users: {a: {job: 1}};users.a: job (expected: one of gpus, instances, jobs)
                    users: {a: {jobs: -1}};users.a.jobs: -1 (expected: a whole number from 0
                    users: {a: {jobs: many}};users.a.jobs: many (expected:
                    users: {a: 1};users.a: no mapping
                    {;limits: no YAML
                    """)
    void whatIsWrongIsToldByItsKey(String text, String told) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--limits: " + folder.resolve("limits.yml"))
                .hasMessageContaining(told);
    }
}
