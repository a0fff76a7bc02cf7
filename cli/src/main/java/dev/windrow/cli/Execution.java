package dev.windrow.cli;

import dev.windrow.cli.view.JsonReport;
import dev.windrow.cli.view.SummaryText;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.schedule.LoopListener;
import dev.windrow.runtime.JobOutcome;
import dev.windrow.runtime.JobSession;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs a job to its end before the user's eyes. */
final class Execution {

    private final Shell shell;
    private final Manner manner;
    private volatile @Nullable View view;

    Execution(Shell shell, Manner manner) {
        this.shell = shell;
        this.manner = manner;
    }

    /**
     * Runs it and returns the exit code.
     *
     * @param doing what is about to happen, such as {@code run}
     */
    int run(String doing, Supplier<JobSession> opening) {
        Interrupts interrupts = Interrupts.install(this::tell);
        try (JobSession session = opening.get()) {
            if (session.row().status().terminal()) {
                return former(session);
            }
            interrupts.attach(session);
            Thread.setDefaultUncaughtExceptionHandler((_, fault) -> session.fail(fault));
            JobOutcome outcome = session.conclude(watched(doing, session), shell.began());
            print(shell, outcome, manner.json());
            return ExitCode.of(outcome, interrupts.asked(), manner.failOnError());
        } finally {
            // What ends after its job is of no interest any more.
            Thread.setDefaultUncaughtExceptionHandler((_, _) -> {});
        }
    }

    private void tell(String line) {
        View shown = view;
        if (shown != null) {
            shown.tell(line);
        } else {
            shell.err("windrow: " + line);
        }
    }

    private JobProgress watched(String doing, JobSession session) {
        if (manner.quiet()) {
            return started(session, LoopListener.NONE);
        }
        try (View shown = new View(shell, session, new Header(doing, session.prepared()))) {
            view = shown;
            shown.start();
            return started(session, shown);
        }
    }

    private JobProgress started(JobSession session, LoopListener listener) {
        try {
            return session.run(listener);
        } catch (EngineException e) {
            throw broken(session, e.code(), e);
        } catch (RuntimeException e) {
            throw broken(session, ErrorCode.INTERNAL, e);
        }
    }

    /** The job is not at its end, and what it has done is safe: that has to be said. */
    private static EngineException broken(JobSession session, ErrorCode code, RuntimeException e) {
        String what = e instanceof EngineException ? String.valueOf(e.getMessage()) : e.toString();
        return new EngineException(
                code,
                "%s; finished mini-batches are kept, to go on: windrow resume %s"
                        .formatted(what, session.prepared().name()),
                e);
    }

    private int former(JobSession session) {
        // Makes up for reports that a kill after the job's end has kept from being written.
        session.run(LoopListener.NONE);
        JobOutcome outcome = session.formerOutcome();
        if (!manner.quiet()) {
            String name = outcome.name();
            shell.err(
                    "%s has ended before; nothing was run (a new name by -n runs it anew)"
                            .formatted(name));
        }
        print(shell, outcome, manner.json());
        return ExitCode.of(outcome, false, manner.failOnError());
    }

    static void print(Shell shell, JobOutcome outcome, boolean json) {
        shell.out(
                json
                        ? List.of(JsonReport.of(outcome))
                        : SummaryText.lines(outcome, shell.outStyle()));
    }
}
