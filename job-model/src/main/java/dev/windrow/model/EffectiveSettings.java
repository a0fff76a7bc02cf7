package dev.windrow.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings a job runs by, with every default, binding and option resolved.
 *
 * @param maxRetries retries after the first attempt
 * @param asPrinted every setting with its origin, in the order of printing
 */
public record EffectiveSettings(
        BatchSize batchSize,
        Staffing staffing,
        Tolerance tolerance,
        int maxRetries,
        TimeLimits timeLimits,
        RowOutput rowOutput,
        Telemetry telemetry,
        List<Setting> asPrinted) {
    /** Checks the range and copies the list. */
    public EffectiveSettings {
        RetrySettings.MAX_RETRIES.check("max_retries", maxRetries);
        asPrinted = List.copyOf(asPrinted);
    }

    /** Gives the settings of a job that sets nothing, on one instance with that many workers. */
    public static EffectiveSettings defaults(int workers) {
        return new EffectiveSettings(
                BatchSize.DEFAULT,
                new Staffing(workers, 1),
                Tolerance.DEFAULT,
                2,
                TimeLimits.defaults(2),
                RowOutput.DEFAULT,
                Telemetry.DEFAULT,
                List.of());
    }

    /** Gives how often a mini-batch is tried at most: the retries and the first attempt. */
    public long attempts() {
        return maxRetries + 1L;
    }

    /** Gives the time one attempt may take: the run's limit and the overhead. */
    public Duration attemptLimit() {
        return timeLimits.attemptLimit();
    }

    /**
     * How much one mini-batch holds.
     *
     * @param files files, when the input is a list of files
     * @param bytes bytes of source data, about, when the input is a table
     */
    public record BatchSize(long files, long bytes) {
        /** 10 files, or 1 MB of a table. */
        public static final BatchSize DEFAULT = new BatchSize(10, 1 << 20);

        /** Checks that neither is empty. */
        public BatchSize {
            new Range(1, Long.MAX_VALUE).check("mini_batch_size", files);
            new Range(1, Long.MAX_VALUE).check("mini_batch_size", bytes);
        }
    }

    /**
     * How many workers there are.
     *
     * @param maxConcurrencyPerInstance workers on each instance
     */
    public record Staffing(int maxConcurrencyPerInstance, int instanceCount) {
        /** Checks that there is at least one of each. */
        public Staffing {
            RunSettings.CONCURRENCY.check(
                    "max_concurrency_per_instance", maxConcurrencyPerInstance);
            Range.atLeast(1).check("instance_count", instanceCount);
        }
    }

    /**
     * How many failures the job bears; it fails when a count is greater.
     *
     * @param errorThreshold failed items; −1 bears all
     * @param miniBatchErrorThreshold failed mini-batches; −1 bears all
     * @param allowedFailedPercent share of failed mini-batches, 0 to 100; 100 bears all
     */
    public record Tolerance(
            long errorThreshold, long miniBatchErrorThreshold, int allowedFailedPercent) {
        /** What {@code allowed_failed_percent} may be. */
        public static final Range PERCENT = new Range(0, 100);

        /** Bears every failure. */
        public static final Tolerance DEFAULT = new Tolerance(-1, -1, 100);

        /** Checks the ranges. */
        public Tolerance {
            FailureLimits.LIMIT.check("error_threshold", errorThreshold);
            FailureLimits.LIMIT.check("mini_batch_error_threshold", miniBatchErrorThreshold);
            PERCENT.check("allowed_failed_percent", allowedFailedPercent);
        }
    }

    /**
     * How long things may take.
     *
     * @param runTimeout one {@code run()} call
     * @param taskOverheadTimeout fetching and closing a mini-batch around the call
     * @param progressUpdateTimeout time without any mini-batch ending
     * @param firstTaskCreationTimeout time until the first mini-batch is planned
     */
    public record TimeLimits(
            Duration runTimeout,
            Duration taskOverheadTimeout,
            Duration progressUpdateTimeout,
            Duration firstTaskCreationTimeout) {
        /** Limit of one run unless set. */
        public static final Duration RUN = Duration.ofMinutes(1);

        /** Limit of the overhead unless set. */
        public static final Duration OVERHEAD = Duration.ofSeconds(30);

        /** Limit of the first mini-batch unless set. */
        public static final Duration FIRST_TASK = Duration.ofMinutes(10);

        /** Checks that each limit is longer than nothing. */
        public TimeLimits {
            positive("timeout", runTimeout);
            positive("task_overhead_timeout", taskOverheadTimeout);
            positive("progress_update_timeout", progressUpdateTimeout);
            positive("first_task_creation_timeout", firstTaskCreationTimeout);
        }

        /** Gives the limits of a job that sets none. */
        public static TimeLimits defaults(int maxRetries) {
            return new TimeLimits(
                    RUN, OVERHEAD, progressDefault(RUN, OVERHEAD, maxRetries), FIRST_TASK);
        }

        /**
         * Gives the time without progress that surely is no slow mini-batch: half an hour, or three
         * times what all attempts of one mini-batch may take and 30 s, whichever is longer.
         */
        public static Duration progressDefault(Duration run, Duration overhead, int maxRetries) {
            Duration slowest = run.plus(overhead).multipliedBy(3L * (maxRetries + 1L));
            Duration computed = slowest.plusSeconds(30);
            Duration least = Duration.ofMinutes(30);
            return computed.compareTo(least) > 0 ? computed : least;
        }

        /** Gives the time one attempt may take. */
        public Duration attemptLimit() {
            return runTimeout.plus(taskOverheadTimeout);
        }

        private static void positive(String field, Duration value) {
            if (!value.isPositive()) {
                throw Rules.broken(field, value, "longer than nothing");
            }
        }
    }

    /**
     * How rows are appended to the output.
     *
     * @param dataframeHeader whether column names are written once at the head
     * @param fileName name of the file inside an output that is a folder
     * @param safeOutput whether the script asked for the transport of large or non-ASCII rows
     */
    public record RowOutput(boolean dataframeHeader, String fileName, boolean safeOutput) {
        /** The file's name unless set. */
        public static final String FILE_NAME = "parallel_run_step.txt";

        /** What {@code append_row_file_name} may be, in words. */
        public static final String FILE_NAME_RULE = "a file name without a folder";

        /** No header, the default name. */
        public static final RowOutput DEFAULT = new RowOutput(false, FILE_NAME, false);

        /** Refuses names that would leave the output's folder. */
        public RowOutput {
            if (!isFileName(fileName)) {
                throw Rules.broken("append_row_file_name", fileName, FILE_NAME_RULE);
            }
        }

        /** Tells whether the text names a file without a folder. */
        public static boolean isFileName(String text) {
            return !text.isBlank()
                    && !text.contains("/")
                    && !text.contains("\\")
                    && !text.contains("\0")
                    && !text.equals(".")
                    && !text.equals("..");
        }
    }

    /**
     * What is recorded about a run.
     *
     * @param resourceMonitorInterval time between two records of memory and CPU; zero is off
     * @param profilingModule {@code cProfile} or {@code profile}, to profile each worker
     */
    public record Telemetry(
            LoggingLevel loggingLevel,
            Duration resourceMonitorInterval,
            Optional<String> profilingModule) {
        /** INFO, every ten minutes, no profile. */
        public static final Telemetry DEFAULT =
                new Telemetry(LoggingLevel.INFO, Duration.ofMinutes(10), Optional.empty());

        /** Checks that the interval is not negative. */
        public Telemetry {
            if (resourceMonitorInterval.isNegative()) {
                throw Rules.broken(
                        "resource_monitor_interval", resourceMonitorInterval, "0 s or more");
            }
        }
    }
}
