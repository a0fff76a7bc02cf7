package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretVerbsTest {

    @TempDir Path folder;

    private Example job(String script) throws Exception {
        Example example = Example.of(folder.resolve("job"), 1, script);
        Path file = example.folder().resolve("job.yml");
        Files.writeString(
                file,
                Files.readString(file) + "environment_variables: {KEY: '${{secrets.API_KEY}}'}\n");
        return example;
    }

    @Test
    void aSecretIsSetListedAndRemovedAndNeverShown() throws Exception {
        Path file = Files.writeString(folder.resolve("value"), "the-value\n");
        try (Served served = new Served(folder)) {
            served.done("secret", "set", "API_KEY", "--from-file", file.toString());
            assertThat(served.done("secret", "list", "-o", "tsv"))
                    .startsWith("API_KEY\t")
                    .endsWith("\tadmin\n")
                    .doesNotContain("the-value");
            Example example =
                    job("import os\ndef run(mini_batch):\n    return [os.environ['KEY']]\n");
            served.done(
                    "job", "create", example.folder().resolve("job.yml").toString(), "--stream");
            assertThat(Files.readString(example.rows())).isEqualTo("the-value\n");
            served.done("secret", "remove", "API_KEY");
            assertThat(served.windrow("secret", "remove", "API_KEY")).isEqualTo(3);
            assertThat(served.windrow("secret", "set", "no-name", "--from-file", file.toString()))
                    .isEqualTo(2);
            assertThat(served.err()).contains("name: no-name (expected: 1 to 128 letters");
            assertThat(
                            served.windrow(
                                    "job",
                                    "create",
                                    example.folder().resolve("job.yml").toString(),
                                    "-n",
                                    "again"))
                    .isEqualTo(2);
            assertThat(served.err()).contains("environment_variables.KEY: secrets.API_KEY");
        }
    }

    @Test
    void aRunWithoutAServerFindsItInAVariableThatNoWorkerInherits() throws Exception {
        Example example =
                job(
                        """
                        import os
                        def run(mini_batch):
                            assert 'WINDROW_SECRET_API_KEY' not in os.environ
                            return [os.environ['KEY']]
                        """);
        String file = example.folder().resolve("job.yml").toString();
        Command.Ended refused = new Command(folder).run("run", file, "-n", "a");
        assertThat(refused.exit()).as(refused.said()).isEqualTo(2);
        assertThat(refused.err())
                .contains(
                        "environment_variables.KEY",
                        "secrets.API_KEY",
                        "the variable WINDROW_SECRET_API_KEY");
        Command.Ended ended =
                new Command(folder)
                        .with("WINDROW_SECRET_API_KEY", "from outside")
                        .run("run", file, "-n", "b");
        assertThat(ended.exit()).as(ended.said()).isZero();
        assertThat(Files.readString(example.rows())).isEqualTo("from outside\n");
        assertThat(new Command(folder).run("dump", "b").out()).contains("${{secrets.API_KEY}}");
    }
}
