package dev.windrow.worker.side;

import dev.windrow.data.DataException;
import dev.windrow.data.listing.FileListing;
import dev.windrow.data.listing.FolderListing;
import dev.windrow.data.listing.ListingNotice;
import dev.windrow.data.mltable.MlTable;
import dev.windrow.data.plan.FilePlanner;
import dev.windrow.data.plan.PlanChunk;
import dev.windrow.protocol.AgentLink;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage.MakePlan;
import dev.windrow.protocol.Token;
import dev.windrow.protocol.Trouble;
import java.util.concurrent.Semaphore;

/** Makes one plan on a thread of its own, never more than a few chunks ahead of the ledger. */
final class PlanRun implements Runnable {

    private static final int CHUNKS_AHEAD = 8;
    private static final int NOTICES_MAX = 20;

    private final PlanSource source;
    private final MakePlan order;
    private final AgentLink link;
    private final Runnable ended;
    private final Semaphore ahead = new Semaphore(CHUNKS_AHEAD);
    private volatile boolean stopped;
    private int storedBelow;
    private int notices;

    /**
     * @param ended called when there is nothing more to do
     */
    PlanRun(PlanSource source, MakePlan order, AgentLink link, Runnable ended) {
        this.source = source;
        this.order = order;
        this.link = link;
        this.ended = ended;
        this.storedBelow = order.sequence();
    }

    Token token() {
        return order.token();
    }

    /** Everything up to this chunk is stored; a repeat changes nothing. */
    void stored(int sequence) {
        if (sequence >= storedBelow) {
            ahead.release(sequence + 1 - storedBelow);
            storedBelow = sequence + 1;
        }
    }

    void stop() {
        stopped = true;
        ahead.release(CHUNKS_AHEAD);
    }

    @Override
    public void run() {
        try {
            if (takesOldRows()) {
                plan();
            }
        } catch (DataException e) {
            fail(Troubles.of(e.code()), String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // Another planner would do no better.
            fail(Trouble.INTERNAL, "plan: " + e);
        } finally {
            ended.run();
        }
    }

    private void fail(Trouble trouble, String message) {
        link.send(new AgentMessage.PlanFailed(token(), trouble, message));
    }

    /** False when it was stopped meanwhile. */
    private boolean takesOldRows() {
        String planner = "%d_%d".formatted(token().epoch(), token().counter());
        return source.old().map(rows -> rows.take(planner, () -> stopped)).orElse(true);
    }

    private void plan() throws InterruptedException {
        if (source.old().filter(OldRows::planned).isPresent()) {
            link.send(new AgentMessage.Planned(token(), order.sequence()));
            return;
        }
        try (FilePlanner planner = open()) {
            plan(planner);
        }
    }

    private void plan(FilePlanner planner) throws InterruptedException {
        int sequence = order.sequence();
        while (planner.hasNext()) {
            PlanChunk chunk = planner.next();
            ahead.acquire();
            if (stopped) {
                return;
            }
            link.send(
                    new AgentMessage.PlanChunk(
                            token(),
                            sequence++,
                            Math.toIntExact(chunk.firstIndex()),
                            chunk.itemCounts().toArray(),
                            ChunkNames.payload(chunk),
                            chunk.cursor()));
        }
        if (!stopped) {
            link.send(new AgentMessage.Planned(token(), sequence));
        }
    }

    private FilePlanner open() {
        FileListing listing =
                switch (source.kind()) {
                    case FOLDER -> FolderListing.of(source.path());
                    case MLTABLE -> MlTable.read(source.path(), _ -> {});
                };
        int files = source.filesPerMiniBatch();
        return order.cursor().length == 0
                ? FilePlanner.start(listing, files, this::note)
                : FilePlanner.resume(listing, files, order.index(), order.cursor(), this::note);
    }

    private void note(ListingNotice notice) {
        if (notices++ < NOTICES_MAX) {
            link.send(
                    new AgentMessage.Note(
                            "item_left_out",
                            "%s: left out: %s"
                                    .formatted(notice.path(), notice.reason().sentence())));
        }
    }
}
