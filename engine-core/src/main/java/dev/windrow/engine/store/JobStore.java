package dev.windrow.engine.store;

import dev.windrow.engine.store.LedgerEntry.ResultStored;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The ledger: what became of each mini-batch, append-only and durable; the only truth about
 * progress.
 *
 * <p>All calls block until their effect is durable. One thread appends for a job; others may read
 * meanwhile. Every call throws {@link dev.windrow.engine.error.EngineException}: {@code
 * LEDGER_FENCED} when the epoch is not the current one, {@code DISK_FULL} or {@code
 * LEDGER_UNAVAILABLE} when the ledger cannot be read or written; nothing of the failed call is kept
 * then.
 */
public interface JobStore extends AutoCloseable {

    /**
     * Stores the job unless one of its name is there.
     *
     * @return the row that is there afterwards: the given one, or the older one
     */
    JobRow submit(JobRow job);

    Optional<JobRow> find(String job);

    /** All jobs, latest first, at most {@code limit}. */
    List<JobRow> list(int limit);

    /**
     * Raises the job's epoch and returns it; appends under older epochs are refused from now on.
     */
    long takeOver(String job);

    /**
     * Makes an ended job, Failed or Canceled, one that goes on: its status is Starting again, its
     * failed results (and short ones, when asked) are turned into history, and the attempts they
     * used up no longer count.
     */
    void reopen(String job, long epoch, boolean shortOnesToo, Instant at);

    /**
     * Appends a group in one durable transaction.
     *
     * <p>Idempotent by key: a chunk of a known sequence, a result of a known index and an attempt
     * of a known index and token are left as they are.
     */
    void append(String job, long epoch, List<LedgerEntry> group);

    /** The payload of a chunk. */
    byte[] planChunk(String job, int sequence);

    /** Reads chunks, results and attempts that count (not history), and events, in this order. */
    void read(String job, LedgerReader reader);

    /**
     * Reads chunks, then everything that was ever tried, and events: also results and attempts that
     * are history. Goes mini-batch by mini-batch; within one, each attempt and each result comes in
     * the order in which it was made, so that the last result is the one that counts.
     */
    void readHistory(String job, LedgerReader reader);

    /**
     * Reads the chunk that holds one mini-batch, its result, and its attempts that count; nothing
     * when it is not in the plan.
     */
    void readOne(String job, int index, LedgerReader reader);

    /** Final results with index at least {@code from}, in order, at most {@code limit}. */
    List<ResultStored> results(String job, int from, int limit);

    /** Frees everything stored about the job. Does nothing when there is none. */
    void delete(String job);

    @Override
    void close();
}
