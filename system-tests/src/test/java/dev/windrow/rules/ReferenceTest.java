package dev.windrow.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.meter.MeterCatalogue;
import dev.windrow.spec.JobSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The reference pages are what the code says; {@code ./dev docs} writes them anew. */
final class ReferenceTest {

    private static final Path FOLDER = Path.of("docs", "reference");
    private static final boolean WRITE = "write".equals(System.getProperty("windrow.docs"));

    @Test
    void theSchemaIsWhatJobsAreReadBy() throws IOException {
        same("parallel-job.schema.json", JobSchema.json());
    }

    @Test
    void theCommandReferenceIsWhatTheCommandPrints() throws IOException, InterruptedException {
        same("cli.md", CommandReference.markdown());
    }

    @Test
    void theMetersAreThoseOfTheCatalogue() throws IOException {
        same("metrics.md", MeterCatalogue.markdown());
    }

    private static void same(String name, String generated) throws IOException {
        Path page = Repository.root().resolve(FOLDER).resolve(name);
        if (WRITE) {
            Files.writeString(page, generated);
        }
        assertThat(page).as("%s; ./dev docs writes it anew", page).hasContent(generated);
    }
}
