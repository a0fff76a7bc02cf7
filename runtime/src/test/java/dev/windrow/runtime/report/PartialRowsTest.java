package dev.windrow.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.tally.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PartialRowsTest {

    private static final String UNSEEN =
            "azureml://datastores/shared/paths/rows.txt.partial-nightly";
    private static final Counts NONE = new Counts(true, 2, 0, 2, 2, 0, 2, 0, 2, 0);
    private static final Counts SOME = new Counts(true, 2, 1, 1, 2, 1, 1, 1, 2, 0);

    private static boolean areAt(JobStatus status, Counts counts, String reason) {
        return PartialRows.areAt(UNSEEN, status, counts, Optional.of(reason));
    }

    @Test
    void onAVolumeThatNobodyLooksAtTheEndTells() {
        assertThat(areAt(JobStatus.FAILED, SOME, "ITEM_THRESHOLD_EXCEEDED")).isTrue();
        assertThat(areAt(JobStatus.CANCELED, SOME, "CANCELED")).isTrue();
        assertThat(areAt(JobStatus.RUNNING, SOME, "")).isFalse();
        assertThat(areAt(JobStatus.COMPLETED, SOME, "")).isFalse();
        assertThat(areAt(JobStatus.FAILED, NONE, "ITEM_THRESHOLD_EXCEEDED")).isFalse();
        assertThat(areAt(JobStatus.FAILED, SOME, "FLEET_LOST")).isFalse();
    }

    @Test
    void onThisMachineTheFileTells(@TempDir Path folder) throws IOException {
        Path place = folder.resolve("rows.txt.partial-nightly");
        assertThat(PartialRows.areAt(place.toString(), JobStatus.FAILED, SOME, Optional.empty()))
                .isFalse();
        Files.writeString(place, "row");
        assertThat(PartialRows.areAt(place.toString(), JobStatus.FAILED, NONE, Optional.empty()))
                .isTrue();
    }
}
