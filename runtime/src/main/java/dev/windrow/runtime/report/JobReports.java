package dev.windrow.runtime.report;

import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The reports of one job, made from its ledger when it has ended. Nothing here changes what becomes
 * of the job: what cannot be written is a notice.
 */
public final class JobReports {

    private static final String RESULT = "job_result.txt";
    private static final String ERROR = "job_error.txt";
    private static final String TABLES = "sys/job_report/";
    private static final String ROWS = TABLES + "processed_mini-batches.csv";
    private static final String PROCESSES = TABLES + "process_summary.csv";
    private static final String NODES = TABLES + "node_summary.csv";
    private static final String USER_ERRORS = "user/error.txt";

    private final ReportedJob job;
    private final Path logs;
    private final List<String> notices = new ArrayList<>();

    public JobReports(ReportedJob job) {
        this.job = job;
        this.logs = job.folder().logs();
    }

    /** Something that writes files. */
    private interface Writing {
        void write() throws IOException;
    }

    /**
     * A run begins: removes the reports of an earlier end, and says who runs the job.
     *
     * @param epoch of this run
     */
    public void begin(long epoch, Instant now) {
        attempt("readme.txt", () -> TextFile.write(logs.resolve("readme.txt"), Readme.TEXT));
        attempt(
                RESULT,
                () -> {
                    for (String name :
                            List.of(RESULT, ERROR, USER_ERRORS, ROWS, PROCESSES, NODES)) {
                        Files.deleteIfExists(logs.resolve(name));
                    }
                });
        attempt("sys/master_role.txt", () -> master(epoch, now));
    }

    private void master(long epoch, Instant now) throws IOException {
        Path sys = Files.createDirectories(logs.resolve("sys"));
        String who =
                "%s  epoch %d: process %d runs the job\n"
                        .formatted(Words.time(now), epoch, ProcessHandle.current().pid());
        TextFile.write(sys.resolve("master_role.%d.txt".formatted(epoch)), who);
        Files.writeString(
                sys.resolve("master_role.txt"),
                who,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** True when a report is missing that every ended job has. */
    public boolean missing() {
        return !List.of(RESULT, ROWS, PROCESSES, NODES).stream()
                .map(logs::resolve)
                .allMatch(Files::exists);
    }

    /**
     * Writes all reports of an ended job; those that are there are replaced. Blocks for some
     * microseconds a mini-batch; memory does not grow with their number beyond four bytes each.
     */
    public void write(JobProgress end) {
        try {
            JobRow row = job.store().find(job.name()).orElseThrow();
            writeAll(new Outcome(row, end.counts(), end.phases()));
        } catch (RuntimeException e) {
            notices.add("reports: not written: " + e);
        }
    }

    private void writeAll(Outcome outcome) {
        PlanItems plan =
                new PlanItems(sequence -> job.store().planChunk(job.name(), sequence), job.names());
        Totals totals = new Totals();
        UserErrors user = new UserErrors();
        SystemErrors system = new SystemErrors();
        ErrorPage errorPage = new ErrorPage();
        List<DeliverySink> sinks = new ArrayList<>(List.of(totals, user, system, errorPage));
        List<EventNoted> events = scan(plan, outcome, sinks);
        attempt(PROCESSES, () -> totals.writeProcesses(logs.resolve(PROCESSES)));
        attempt(NODES, () -> totals.writeNodes(logs.resolve(NODES)));
        attempt("sys/error", () -> system.write(logs.resolve("sys/error")));
        if (user.attempts() > 0) {
            attempt(USER_ERRORS, () -> TextFile.write(logs.resolve(USER_ERRORS), user.summary()));
        }
        errorPage
                .text(outcome, events)
                .ifPresent(text -> attempt(ERROR, () -> TextFile.write(logs.resolve(ERROR), text)));
        attempt("perf", this::linkPerf);
        Duration worked = Duration.of(totals.spanMicros(), ChronoUnit.MICROS);
        ResultPage page = new ResultPage(job, outcome, plan, user, worked);
        attempt(RESULT, () -> TextFile.write(logs.resolve(RESULT), page.text()));
    }

    /** Reads the ledger once; the largest report is written meanwhile, if it can be. */
    private List<EventNoted> scan(PlanItems plan, Outcome outcome, List<DeliverySink> sinks) {
        List<EventNoted> events = new ArrayList<>();
        List<ProcessedRows> rows = new ArrayList<>(1);
        attempt(
                ROWS,
                () -> {
                    long miniBatches = outcome.counts().miniBatches();
                    rows.add(ProcessedRows.create(logs.resolve(ROWS), plan, miniBatches));
                });
        sinks.addAll(rows);
        attempt(
                "reports",
                () -> events.addAll(LedgerScan.read(job.store(), job.name(), plan, sinks)));
        for (ProcessedRows one : rows) {
            attempt(ROWS, one::keep);
        }
        return events;
    }

    /** Azure's own pages look for it at both places. */
    private void linkPerf() throws IOException {
        if (Files.isDirectory(logs.resolve("sys/perf"))) {
            try {
                Files.createSymbolicLink(logs.resolve("perf"), Path.of("sys", "perf"));
            } catch (FileAlreadyExistsException e) {
                // By an earlier run.
            } catch (UnsupportedOperationException e) {
                throw new IOException("links are not possible here", e);
            }
        }
    }

    private void attempt(String what, Writing writing) {
        try {
            writing.write();
        } catch (IOException | RuntimeException e) {
            // Whatever it is, the job has ended as it has.
            String why = Objects.requireNonNullElse(e.getMessage(), e.toString());
            notices.add("logs/%s: not written: %s".formatted(what, why));
        }
    }

    /** What could not be written so far. */
    public List<String> notices() {
        return List.copyOf(notices);
    }
}
