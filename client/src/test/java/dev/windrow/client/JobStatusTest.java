package dev.windrow.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class JobStatusTest {

    @Test
    void readsEachStatusInAzuresSpelling() {
        assertThat(Arrays.stream(JobStatus.values()).map(JobStatus::toString))
                .containsExactly(
                        "NotStarted",
                        "Starting",
                        "Provisioning",
                        "Preparing",
                        "Queued",
                        "Running",
                        "Finalizing",
                        "CancelRequested",
                        "Completed",
                        "Failed",
                        "Canceled",
                        "NotResponding",
                        "Unknown");
        for (JobStatus status : JobStatus.values()) {
            assertThat(JobStatus.of(status.toString())).isEqualTo(status);
        }
    }

    @Test
    void readsStatesOfALaterServerAsUnknown() {
        assertThat(ProvisioningState.of("Resting")).isEqualTo(ProvisioningState.UNKNOWN);
        for (ProvisioningState state : ProvisioningState.values()) {
            assertThat(ProvisioningState.of(state.toString())).isEqualTo(state);
        }
    }
}
