package dev.windrow.api.meter;

import dev.windrow.api.meter.MeterSpec.Kind;
import java.util.List;
import java.util.stream.Collectors;

/** All meters of a server: nothing is measured that is not here. */
public final class MeterCatalogue {

    /** Running jobs that have series of their own; more have none. */
    public static final int JOBS_MOST = 200;

    private static final String ONE = "1";
    private static final String OF_JOBS = "for %d running jobs at most".formatted(JOBS_MOST);

    static final MeterSpec SERVER =
            gauge("windrow_server", "", "Always 1; tells the version.", ONE, "version");
    static final MeterSpec JOBS =
            gauge(
                    "windrow_jobs",
                    "",
                    "Jobs that have not ended, by status.",
                    "one for each of nine statuses",
                    "status");
    static final MeterSpec QUEUE =
            gauge("windrow_job_queue_depth", "", "Jobs that wait for room or a limit.", ONE);
    static final MeterSpec SUBMITTED =
            counter("windrow_jobs_submitted_total", "", "Jobs that were submitted.", ONE);
    static final MeterSpec ENDED =
            counter(
                    "windrow_jobs_ended_total",
                    "",
                    "Jobs that have come to their end, by status.",
                    "3",
                    "status");
    static final MeterSpec MINI_BATCHES =
            counter(
                    "windrow_mini_batches_total",
                    "",
                    "Mini-batches that have ended; short: fewer results than items.",
                    "3",
                    "outcome");
    static final MeterSpec ATTEMPTS =
            counter(
                    "windrow_attempts_failed_total",
                    "",
                    "Attempts that did not count, by cause, lost ones included.",
                    "one for each of six causes",
                    "cause");
    static final MeterSpec ROW_BYTES =
            counter(
                    "windrow_row_bytes_total",
                    "bytes",
                    "Rows of mini-batches that have succeeded, in segments.",
                    ONE);
    static final MeterSpec WAITING =
            gauge(
                    "windrow_mini_batches_waiting",
                    "",
                    "Planned mini-batches of running jobs that no agent holds.",
                    ONE);
    static final MeterSpec LEASED =
            gauge("windrow_mini_batches_leased", "", "Mini-batches that agents hold.", ONE);
    static final MeterSpec AGENTS = gauge("windrow_agents", "", "Agents that are connected.", ONE);
    static final MeterSpec BUSY =
            gauge(
                    "windrow_workers_busy",
                    "",
                    "Workers with a mini-batch, as far as leases tell.",
                    ONE);
    static final MeterSpec LEASE =
            histogram(
                    "windrow_lease_wait_seconds",
                    "From an agent's having room to its lease, waiting for the plan included.",
                    ONE);
    static final MeterSpec COMMIT =
            histogram(
                    "windrow_commit_seconds",
                    "Time for one group of facts to be durable in a ledger.",
                    ONE);
    static final MeterSpec HTTP =
            histogram(
                    "windrow_http_request_seconds",
                    "Requests by operation of the contract and hundred of the status; a stream"
                            + " counts when it ends.",
                    "one for each operation and class that was seen",
                    "operation",
                    "status");
    static final MeterSpec JOB_MINI_BATCHES =
            gauge(
                    "windrow_job_mini_batches",
                    "",
                    "Mini-batches of a running job.",
                    "3 " + OF_JOBS,
                    "workspace",
                    "job",
                    "state");
    static final MeterSpec JOB_ITEMS =
            gauge(
                    "windrow_job_items",
                    "",
                    "Items of a running job.",
                    "3 " + OF_JOBS,
                    "workspace",
                    "job",
                    "state");
    static final MeterSpec JOB_AGENTS =
            gauge(
                    "windrow_job_agents",
                    "",
                    "Agents of a running job.",
                    OF_JOBS,
                    "workspace",
                    "job");
    static final MeterSpec JOBS_WITHOUT =
            gauge(
                    "windrow_jobs_without_series",
                    "",
                    "Running jobs that are too many to have series of their own.",
                    ONE);
    static final MeterSpec MEMORY =
            gauge("jvm_memory_used_bytes", "bytes", "Memory in use.", "2", "area");
    static final MeterSpec MEMORY_MOST =
            gauge(
                    "jvm_memory_max_bytes",
                    "bytes",
                    "Memory that may be used; -1 for as much as there is.",
                    "2",
                    "area");
    static final MeterSpec THREADS = gauge("jvm_threads", "", "Threads that live.", ONE);
    static final MeterSpec COLLECTING =
            counter(
                    "jvm_gc_seconds_total",
                    "seconds",
                    "Time spent collecting garbage.",
                    "one for each collector",
                    "collector");
    static final MeterSpec CPU =
            counter(
                    "process_cpu_seconds_total",
                    "seconds",
                    "Processor time of this process; workers are processes of their own.",
                    ONE);
    static final MeterSpec UPTIME =
            gauge("process_uptime_seconds", "seconds", "Time since the process began.", ONE);
    static final MeterSpec FILES =
            gauge("process_open_fds", "", "Open files and connections; -1 if not known.", ONE);

    private static final List<MeterSpec> ALL =
            List.of(
                    SERVER,
                    JOBS,
                    QUEUE,
                    SUBMITTED,
                    ENDED,
                    MINI_BATCHES,
                    ATTEMPTS,
                    ROW_BYTES,
                    WAITING,
                    LEASED,
                    AGENTS,
                    BUSY,
                    LEASE,
                    COMMIT,
                    HTTP,
                    JOB_MINI_BATCHES,
                    JOB_ITEMS,
                    JOB_AGENTS,
                    JOBS_WITHOUT,
                    MEMORY,
                    MEMORY_MOST,
                    THREADS,
                    COLLECTING,
                    CPU,
                    UPTIME,
                    FILES);

    private MeterCatalogue() {}

    /** All of them, in the order of the reference. */
    public static List<MeterSpec> all() {
        return ALL;
    }

    private static MeterSpec gauge(
            String name, String unit, String help, String bound, String... tags) {
        return new MeterSpec(name, Kind.GAUGE, unit, help, List.of(tags), bound);
    }

    private static MeterSpec counter(
            String name, String unit, String help, String bound, String... tags) {
        return new MeterSpec(name, Kind.COUNTER, unit, help, List.of(tags), bound);
    }

    private static MeterSpec histogram(String name, String help, String bound, String... tags) {
        return new MeterSpec(name, Kind.HISTOGRAM, "seconds", help, List.of(tags), bound);
    }

    /** The reference page. */
    public static String markdown() {
        StringBuilder page = new StringBuilder("# Metrics\n\n");
        page.append("Made from the catalogue in the code by `./dev docs`.")
                .append(" A server that was started with `--management-port` serves them at")
                .append(" `/metrics` there, as Prometheus text.\n\n")
                .append("| meter | kind | unit | series | tags | what it tells |\n")
                .append("|---|---|---|---|---|---|\n");
        for (MeterSpec meter : ALL) {
            page.append(
                    "| `%s` | %s | %s | %s | %s | %s |\n"
                            .formatted(
                                    meter.name(),
                                    meter.kind().name().toLowerCase(java.util.Locale.ROOT),
                                    meter.unit().isEmpty() ? "–" : meter.unit(),
                                    meter.bound(),
                                    meter.tags().isEmpty()
                                            ? "–"
                                            : meter.tags().stream()
                                                    .map("`%s`"::formatted)
                                                    .collect(Collectors.joining(", ")),
                                    meter.help()));
        }
        return page.toString();
    }
}
