package dev.windrow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.system.Windrow.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What counts as failed, what is retried and what ends a job: ten mini-batches of ten files each,
 * two retries, through the real command and real Python.
 */
final class CountingRowsIT {

    private static final int MINI_BATCHES = 10;

    /** Index 3 is the one that misbehaves; how often it was tried before is in retry_count. */
    private static final String HEAD =
            "import os, time\ndef run(mini_batch, context):\n"
                    + "    odd = context.minibatch_index == 3\n";

    private static final String ALL_WELL = HEAD + "    return list(mini_batch)\n";
    private static final String ONE_RAISES =
            HEAD + "    if odd: raise ValueError('always')\n    return list(mini_batch)\n";
    private static final String ONE_SHORT =
            HEAD + "    return list(mini_batch)[:7] if odd else list(mini_batch)\n";
    private static final String ALL_EMPTY = HEAD + "    return []\n";

    @TempDir Path folder;

    /** What a row expects; counts of the whole job. */
    private record Expected(
            int exit, String status, long failedItems, long failedMiniBatches, long attempts) {}

    private JobFixture job(String script, int items, int miniBatches, int percent) {
        return JobFixture.withFiles(folder.resolve("job"), 100)
                .script(script)
                .field("mini_batch_size", "\"10\"")
                .field("max_concurrency_per_instance", "2")
                .field("retry_settings", "{max_retries: 2, timeout: 60}")
                .field("error_threshold", Integer.toString(items))
                .field("mini_batch_error_threshold", Integer.toString(miniBatches))
                .argument("--allowed_failed_percent " + percent);
    }

    private JsonReport check(JobFixture fixture, Expected expected, String... options) {
        fixture.write();
        Finished finished = run(fixture, options);
        JsonReport report = JsonReport.of(finished);
        assertThat(finished.exit()).as(finished.out() + finished.err()).isEqualTo(expected.exit());
        assertThat(report.status()).isEqualTo(expected.status());
        assertThat(report.items("failed")).as("failed items").isEqualTo(expected.failedItems());
        assertThat(report.miniBatches("failed"))
                .as("failed mini-batches")
                .isEqualTo(expected.failedMiniBatches());
        if (expected.exit() == 0) {
            assertThat(report.miniBatches("attempts")).isEqualTo(expected.attempts());
            assertThat(report.miniBatches("succeeded"))
                    .isEqualTo(MINI_BATCHES - expected.failedMiniBatches());
        }
        holdsTogether(report);
        return report;
    }

    private Finished run(JobFixture fixture, String... options) {
        Windrow windrow = new Windrow(folder.resolve("home"));
        String[] words = new String[5 + options.length];
        List.of("run", "job.yml", "-n", "row", "--json").toArray(words);
        System.arraycopy(options, 0, words, 5, options.length);
        return windrow.run(fixture.folder(), words);
    }

    private static void holdsTogether(JsonReport report) {
        assertThat(
                        report.miniBatches("succeeded")
                                + report.miniBatches("failed")
                                + report.miniBatches("unprocessed"))
                .isEqualTo(report.miniBatches("total"));
        assertThat(report.items("succeeded") + report.items("failed") + report.items("unprocessed"))
                .isEqualTo(report.items("total"));
    }

    private static Expected completed(long items, long miniBatches, long attempts) {
        return new Expected(0, "Completed", items, miniBatches, attempts);
    }

    private static Expected failed(long items, long miniBatches) {
        return new Expected(4, "Failed", items, miniBatches, 0);
    }

    @Test
    void row01AllReturnAll() throws IOException {
        JobFixture fixture = job(ALL_WELL, -1, -1, 100);
        check(fixture, completed(0, 0, 10));
        assertThat(Files.readAllLines(fixture.target())).hasSize(100);
    }

    @Test
    void row02OneRaisesAlwaysAndIsIgnored() {
        check(job(ONE_RAISES, -1, -1, 100), completed(10, 1, 12));
    }

    @Test
    void row03OneFailedMiniBatchIsMoreThanNone() {
        JsonReport report = check(job(ONE_RAISES, -1, 0, 100), failed(10, 1));
        assertThat(report.reason()).isEqualTo("MINI_BATCH_THRESHOLD_EXCEEDED");
        assertThat(report.message()).contains("mini_batch_error_threshold: 1", "<= 0");
    }

    @Test
    void row04OneFailedMiniBatchIsNotMoreThanOne() {
        check(job(ONE_RAISES, -1, 1, 100), completed(10, 1, 12));
    }

    @Test
    void row05TenFailedItemsAreMoreThanNine() {
        JsonReport report = check(job(ONE_RAISES, 9, -1, 100), failed(10, 1));
        assertThat(report.reason()).isEqualTo("ITEM_THRESHOLD_EXCEEDED");
    }

    @Test
    void row06TenFailedItemsAreNotMoreThanTen() {
        check(job(ONE_RAISES, 10, -1, 100), completed(10, 1, 12));
    }

    @Test
    void row07TenPercentIsMoreThanNine() {
        JsonReport report = check(job(ONE_RAISES, -1, -1, 9), failed(10, 1));
        assertThat(report.reason()).isEqualTo("PERCENT_THRESHOLD_EXCEEDED");
    }

    @Test
    void row08RaisesOnceThenReturns() {
        String script =
                HEAD
                        + "    if odd and context.retry_count < 1: raise ValueError('once')\n"
                        + "    return list(mini_batch)\n";
        check(job(script, 0, 0, 0), completed(0, 0, 11));
    }

    @Test
    void row09RaisesTwiceThenReturns() {
        String script =
                HEAD
                        + "    if odd and context.retry_count < 2: raise ValueError('twice')\n"
                        + "    return list(mini_batch)\n";
        check(job(script, 0, 0, 0), completed(0, 0, 12));
    }

    @Test
    void row10AShortReturnIsInformativeWhileItemsAreNotLimited() throws IOException {
        JobFixture fixture = job(ONE_SHORT, -1, 0, 100);
        check(fixture, completed(3, 0, 10));
        assertThat(Files.readAllLines(fixture.target())).hasSize(97);
    }

    @Test
    void row11AShortReturnWithinTheItemLimitCompletes() {
        check(job(ONE_SHORT, 3, -1, 100), completed(3, 1, 10));
    }

    @Test
    void row12AShortReturnBeyondTheItemLimitFails() {
        check(job(ONE_SHORT, 2, -1, 100), failed(3, 1));
    }

    @Test
    void row13AShortReturnCountsAsFailedMiniBatchWhileItemsAreLimited() {
        check(job(ONE_SHORT, 5, 0, 100), failed(3, 1));
    }

    @Test
    void row14EmptyReturnsCompleteWithoutAggregation() {
        check(job(ALL_EMPTY, -1, 5, 100).withoutAppending(), completed(100, 0, 10));
    }

    @Test
    void row15EmptyReturnsFailWithAggregation() {
        JsonReport report = check(job(ALL_EMPTY, -1, -1, 100), failed(100, 0));
        assertThat(report.reason()).isEqualTo("NO_RESULT_TO_APPEND");
    }

    @Test
    void row16NoneIsRetriedAndFails() {
        String script = HEAD + "    if odd: return None\n    return list(mini_batch)\n";
        JsonReport report = check(job(script, -1, 0, 100), failed(10, 1));
        assertThat(report.miniBatches("attempts")).isGreaterThanOrEqualTo(3);
    }

    @Test
    void row17MoreRowsThanItemsAreWelcome() throws IOException {
        String script =
                HEAD
                        + "    if odd: return ['row %d' % i for i in range(25)]\n"
                        + "    return list(mini_batch)\n";
        JobFixture fixture = job(script, 0, 0, 0);
        check(fixture, completed(0, 0, 10));
        assertThat(Files.readAllLines(fixture.target())).hasSize(115);
    }

    @Test
    void row18ATimeoutKillsTheWorkerEachTime() throws IOException {
        String script = HEAD + "    if odd: time.sleep(600)\n    return list(mini_batch)\n";
        JobFixture fixture = job(script, -1, -1, 100);
        fixture.field("retry_settings", "{max_retries: 2, timeout: 1}")
                .argument("--task_overhead_timeout 1");
        check(fixture, completed(10, 1, 12));
        Path agentLog = folder.resolve("home/jobs/row/logs/sys/node/0/_main.txt");
        String log = Files.readString(agentLog);
        assertThat(Files.readAllLines(agentLog))
                .filteredOn(line -> line.contains("was killed by signal 9"))
                // One that was just starting anew when the job ended has run nothing.
                .filteredOn(line -> log.contains(line.split(" +")[2] + " is ready"))
                .as("a worker is killed for each attempt")
                .hasSize(3);
        assertThat(Files.readAllLines(agentLog))
                .filteredOn(line -> line.contains(" starts, in place "))
                .as(
                        "two workers, and one anew after each kill but perhaps the last, which ends the job")
                .hasSizeBetween(4, 5);
    }

    @Test
    void row19AKilledWorkerCostsOneAttempt() {
        String script =
                HEAD
                        + "    if odd and context.retry_count < 1: os.kill(os.getpid(), 9)\n"
                        + "    return list(mini_batch)\n";
        check(job(script, 0, 0, 0), completed(0, 0, 11));
    }

    @Test
    void row20NoRetriesMeansOneAttempt() {
        JobFixture fixture = job(ONE_RAISES, -1, 0, 100);
        fixture.field("retry_settings", "{max_retries: 0, timeout: 60}");
        check(fixture, failed(10, 1));
    }
}
