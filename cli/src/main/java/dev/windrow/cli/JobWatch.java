package dev.windrow.cli;

import dev.windrow.runtime.JobCatalog;
import dev.windrow.runtime.JobEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for the end of a job that some other process runs. */
final class JobWatch {

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** The ledger is asked less often than files are looked at. */
    private static final int LOOKS_FOR_ONE_QUESTION = 5;

    private final JobCatalog catalog;
    private final String name;
    private final Shell shell;

    /** Something to be done again and again. */
    interface Look {
        /** Returns false when it need not be done again. */
        boolean look() throws IOException;
    }

    JobWatch(JobCatalog catalog, String name, Shell shell) {
        this.catalog = catalog;
        this.name = name;
        this.shell = shell;
    }

    /**
     * Looks, until the job has ended and its last lines are written, and then once more. A job that
     * nobody runs may be gone on with at any time, so that is said and waited for.
     */
    void untilItsEnd(Look look) throws IOException {
        boolean told = false;
        boolean goesOn = true;
        for (int looks = 0; goesOn; looks++) {
            boolean ended = false;
            if (looks % LOOKS_FOR_ONE_QUESTION == 0) {
                JobEntry job = catalog.find(name);
                boolean owned = job.owner().isPresent();
                ended = job.row().status().terminal() && !owned;
                if (!ended && !owned && !told) {
                    told = true;
                    shell.err("nobody runs it now; to go on: windrow resume " + name);
                }
            }
            goesOn = look.look() && !ended;
            if (goesOn) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
