package dev.windrow.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SummaryTextTest {

    @Test
    void saysOfACompletedJobWhatWasDoneHowLongItTookAndWhereItIs() {
        assertThat(SummaryText.lines(Samples.completed(), Style.PLAIN))
                .containsExactly(
                        "Completed  nightly",
                        "  mini-batches  200 of 200 ok, 0 failed, 3 retried",
                        "  items         1,000 of 1,000 ok, 0 failed",
                        "  time          4.3 s: start 0.420 s, plan 0.035 s, process 3.5 s, finalize"
                                + " 0.012 s (57/s)",
                        "  output        rows  /out/rows.txt",
                        "  logs          /home/jobs/nightly/logs");
    }

    @Test
    void saysInTheLastLineWhyFailuresWereAllowed() {
        assertThat(SummaryText.lines(Samples.completedWithFailures(), Style.PLAIN))
                .contains("  first failure mini-batch 7: ValueError: bad value")
                .last()
                .isEqualTo(
                        "2 mini-batches and 10 items failed, which is allowed because"
                                + " error_threshold and mini_batch_error_threshold are -1 (any number);"
                                + " --fail-on-error makes it exit code 4.");
    }

    @Test
    void saysOfAFailedJobTheReasonTheFirstFailureAndHowToGoOn() {
        assertThat(SummaryText.lines(Samples.failed(), Style.PLAIN))
                .containsExactly(
                        "Failed  nightly",
                        "  reason        ITEM_THRESHOLD_EXCEEDED: error_threshold: 15 failed items"
                                + " (expected: <= 10)",
                        "  first failure mini-batch 7: ValueError: bad value",
                        "                entry.py:12: raise ValueError(text)",
                        "  mini-batches  20 of 200 ok, 3 failed, 177 unprocessed",
                        "  items         100 of 1,000 ok, 15 failed, 885 unprocessed",
                        "  time          4.3 s: start 0.420 s, plan 0.035 s, process 3.5 s, finalize"
                                + " 0.012 s (6.6/s)",
                        "  output        rows  /out/rows.txt.partial-nightly (the rows so far;"
                                + " nothing was put at the target)",
                        "  logs          /home/jobs/nightly/logs",
                        "To run what is left: windrow resume nightly --code FOLDER (with the mended"
                                + " script)");
    }
}
