package dev.windrow.engine.schedule;

import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * Store first, act afterwards: collects what a step wants to keep and what it wants to do, makes
 * the one durable in one group, and only then does the other. Everything that waits shares one
 * flush.
 */
final class Journal {

    private final String job;
    private final long epoch;
    private final JobStore store;
    private List<LedgerEntry> entries = new ArrayList<>();
    private List<Runnable> acts = new ArrayList<>();

    Journal(String job, long epoch, JobStore store) {
        this.job = job;
        this.epoch = epoch;
        this.store = store;
    }

    void keep(LedgerEntry entry) {
        entries.add(entry);
    }

    /** Does this once everything kept so far is durable. */
    void then(Runnable act) {
        acts.add(act);
    }

    int waiting() {
        return entries.size();
    }

    /**
     * Blocks until everything kept is durable, then acts. When the store throws, nothing is done.
     */
    void commit() {
        List<LedgerEntry> group = entries;
        List<Runnable> todo = acts;
        entries = new ArrayList<>();
        acts = new ArrayList<>();
        if (!group.isEmpty()) {
            store.append(job, epoch, group);
        }
        for (Runnable act : todo) {
            act.run();
        }
    }
}
