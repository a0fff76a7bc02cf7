package dev.windrow.runtime.transfer;

import dev.windrow.protocol.transfer.Ordered;
import dev.windrow.protocol.transfer.TransferOrder;
import dev.windrow.protocol.transfer.TransferResult;
import dev.windrow.runtime.compute.StorePlace;
import dev.windrow.runtime.compute.VolumeOrder;
import dev.windrow.store.register.ComputeKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The agents beside volumes that a server has at the moment: at most four, each kept for half a
 * minute after its last order, so that a download of many files has one. Their tokens are known to
 * this process alone. Safe for use by several threads.
 */
public final class Transfers implements AutoCloseable {

    private static final int AGENTS_MOST = 4;
    private static final int TOKEN_BYTES = 32;
    private static final long CLOSE_SECONDS = 5;

    private final AgentStarter starter;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<VolumeKey, Transfer> alive = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();
    private boolean closed;

    public Transfers(AgentStarter starter, InstantSource clock) {
        this.starter = starter;
        this.clock = clock;
    }

    /** A cheap thread for each who waits for an agent. */
    public ExecutorService threads() {
        return waiting;
    }

    /** What an agent is told that comes for an order. */
    public sealed interface Word {

        /** Something is to be done. */
        record Do(Ordered ordered) implements Word {}

        /** Nothing now: it is to ask again. */
        record Wait() implements Word {}

        /** Nothing more. */
        record End() implements Word {}

        /** It is no agent of this process. */
        record Unknown() implements Word {}
    }

    /**
     * The files at a place of a volume.
     *
     * @param place below the datastore, with slashes
     */
    public VolumeFiles files(ComputeKey compute, StorePlace store, String place) {
        return new VolumeFiles(this, new VolumeKey(compute, store, false), place);
    }

    /**
     * Removes a folder of a volume, and the one around it when that is empty then. Blocks.
     *
     * @param place below the datastore, at least two folders deep
     * @throws TransferException when that cannot be done, or not yet
     * @throws IOException when the answer breaks off
     */
    void remove(ComputeKey compute, StorePlace store, String place)
            throws IOException, InterruptedException {
        boolean _ =
                run(
                        new VolumeKey(compute, store, true),
                        new TransferOrder.RemoveFolder(place),
                        (result, body) -> {
                            VolumeFiles.check(result, body);
                            return true;
                        });
    }

    /** Has something done by the agent of a volume; starts one when there is none. Blocks. */
    <T> T run(VolumeKey key, TransferOrder order, Errand.Taker<T> taker)
            throws IOException, InterruptedException {
        while (true) {
            Optional<T> done = transfer(key).run(order, taker);
            if (done.isPresent()) {
                return done.get();
            }
        }
    }

    private synchronized Transfer transfer(VolumeKey key) {
        Transfer there = alive.get(key);
        if (there != null && !there.isOver()) {
            return there;
        }
        if (closed) {
            throw TransferException.passing("TRANSFER_LOST", "volume: the server ends; try again");
        }
        makeRoom();
        Transfer made = new Transfer(token(), clock);
        alive.put(key, made);
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("transfer-" + key.compute().name())
                        .unstarted(() -> live(key, made));
        threads.add(thread);
        thread.start();
        return made;
    }

    private void makeRoom() {
        threads.removeIf(one -> !one.isAlive());
        if (threads.size() < AGENTS_MOST) {
            return;
        }
        alive.values().stream()
                .filter(one -> !one.isOver() && !one.isBusy())
                .min(Comparator.comparing(Transfer::used))
                .ifPresent(Transfer::end);
        throw TransferException.passing(
                "TOO_MANY_TRANSFERS",
                "volumes: %d are looked into (expected: fewer than that; try again)"
                        .formatted(threads.size()));
    }

    private String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return "wt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private void live(VolumeKey key, Transfer transfer) {
        VolumeOrder order =
                new VolumeOrder(UUID.randomUUID(), key.store(), transfer.token(), key.writes());
        try {
            transfer.live(() -> starter.start(key.compute(), order));
        } finally {
            forget(key, transfer);
        }
    }

    private synchronized void forget(VolumeKey key, Transfer transfer) {
        alive.remove(key, transfer);
    }

    /** Whether this is the token of an agent that is there; does not block. */
    public boolean knows(String token) {
        return find(token).isPresent();
    }

    private synchronized Optional<Transfer> find(String token) {
        byte[] said = token.getBytes(StandardCharsets.UTF_8);
        return alive.values().stream()
                .filter(one ->
                        MessageDigest.isEqual(said, one.token().getBytes(StandardCharsets.UTF_8)))
                .findFirst();
    }

    /** What the agent of a token is to do; blocks until there is something, for seconds at most. */
    public Word next(String token) throws InterruptedException {
        Optional<Transfer> transfer = find(token);
        if (transfer.isEmpty()) {
            return new Word.Unknown();
        }
        Optional<Ordered> order = transfer.get().next();
        if (order.isPresent()) {
            return new Word.Do(order.get());
        }
        return transfer.get().isOver() ? new Word.End() : new Word.Wait();
    }

    /**
     * Takes what an agent answers; blocks while it arrives.
     *
     * @param number of the order
     * @return false when nobody waits for it
     */
    public boolean take(String token, long number, TransferResult result, InputStream body) {
        return find(token).filter(one -> one.take(number, result, body)).isPresent();
    }

    /** Ends all agents, and waits a little until they are removed. */
    @Override
    public void close() {
        waiting.shutdownNow();
        List<Thread> left;
        synchronized (this) {
            closed = true;
            alive.values().forEach(Transfer::end);
            left = List.copyOf(threads);
        }
        Instant end = clock.instant().plusSeconds(CLOSE_SECONDS);
        try {
            for (Thread one : left) {
                long millis = Math.max(1, end.toEpochMilli() - clock.instant().toEpochMilli());
                one.join(millis);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
