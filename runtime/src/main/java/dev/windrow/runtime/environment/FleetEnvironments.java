package dev.windrow.runtime.environment;

import dev.windrow.protocol.environment.EnvironmentTurn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Environments of one job: the first agent that asks for one makes it, the others wait and fetch
 * what it has sent. Who makes it is known in memory; after a restart the agent that says it has the
 * lease has it. Safe for use by several threads; blocks on the disk.
 */
public final class FleetEnvironments {

    /** Bytes of all environments of a job. */
    public static final long BYTES_MOST = 4L << 30;

    /** A job has one, or one for each kind of machine. */
    private static final int ENVIRONMENTS_MOST = 8;

    /** Agents that begin to make one, and do not get it here, before each makes its own. */
    private static final int TRIES_MOST = 10;

    private final Shelf shelf;
    private final long bytesMost;
    private final InstantSource clock;
    private final Supplier<String> leases;
    private final Map<String, Entry> entries = new HashMap<>();

    /** Guarded by this object. */
    private static final class Entry {
        private Making making = new Making.Free();
        private int tries;
        private long bytes;
        private boolean busy;
    }

    /**
     * @param folder exists while the job runs, and goes with it
     * @param bytesMost of all environments of the job
     * @param leases names nobody can guess, of 32 hexadecimal digits
     */
    public FleetEnvironments(
            Path folder, long bytesMost, InstantSource clock, Supplier<String> leases) {
        this.shelf = new Shelf(folder);
        this.bytesMost = bytesMost;
        this.clock = clock;
        this.leases = leases;
    }

    /**
     * What an agent is to do that wants an environment, or that makes it.
     *
     * @param digest of the environment, 64 hexadecimal digits
     * @param agent number of its instance
     * @param lease that it has, when it is the one that makes it
     */
    public synchronized EnvironmentTurn claim(String digest, int agent, Optional<String> lease) {
        if (!entries.containsKey(digest) && entries.size() >= ENVIRONMENTS_MOST) {
            return new EnvironmentTurn.Alone(
                    "the job has %d others already".formatted(ENVIRONMENTS_MOST));
        }
        Entry entry = entries.computeIfAbsent(digest, this::known);
        Instant now = clock.instant();
        return switch (entry.making) {
            case Making.Made(EnvironmentArchive archive) ->
                    new EnvironmentTurn.Fetch(archive.sha256(), archive.bytes());
            case Making.Alone(String why) -> new EnvironmentTurn.Alone(why);
            case Making.Free _ -> begin(entry, agent, lease, now);
            case Making.Leased leased when has(lease, leased, now) -> {
                entry.making = leased.heard(now);
                yield new EnvironmentTurn.Make(leased.lease());
            }
            case Making.Leased leased when leased.over(now) && !entry.busy -> {
                drop(digest, entry, leased);
                yield begin(entry, agent, Optional.empty(), now);
            }
            case Making.Leased leased -> new EnvironmentTurn.Wait(leased.agent());
        };
    }

    private Entry known(String digest) {
        Entry entry = new Entry();
        try {
            shelf.find(digest).ifPresent(archive -> made(entry, archive));
        } catch (IOException e) {
            entry.making = refused(e);
        }
        return entry;
    }

    private static void made(Entry entry, EnvironmentArchive archive) {
        entry.making = new Making.Made(archive);
        entry.bytes = archive.bytes();
    }

    private static Making.Alone refused(IOException e) {
        return new Making.Alone("the server's disk: " + e.getMessage());
    }

    /** One that was only slow goes on, unless it has had all its time. */
    private static boolean has(Optional<String> lease, Making.Leased leased, Instant now) {
        return lease.equals(Optional.of(leased.lease())) && !now.isAfter(leased.end());
    }

    private EnvironmentTurn begin(Entry entry, int agent, Optional<String> lease, Instant now) {
        if (lease.isEmpty() && ++entry.tries > TRIES_MOST) {
            Making.Alone alone =
                    new Making.Alone("%d agents have not brought it".formatted(TRIES_MOST));
            entry.making = alone;
            return new EnvironmentTurn.Alone(alone.why());
        }
        String its = lease.orElseGet(leases);
        entry.making = Making.Leased.begun(its, agent, now);
        return new EnvironmentTurn.Make(its);
    }

    /** Nothing of what one maker has sent is of use to another. */
    private void drop(String digest, Entry entry, Making.Leased leased) {
        try {
            Files.deleteIfExists(shelf.partial(digest, leased.lease()));
            entry.bytes = 0;
        } catch (IOException _) {
            // It counts on, and goes with the job.
        }
    }

    /** The environment as one file; empty while it is not there, or nobody has asked for it. */
    public synchronized Optional<EnvironmentArchive> archive(String digest) {
        return Optional.ofNullable(entries.get(digest))
                .map(entry -> entry.making)
                .flatMap(making ->
                        making instanceof Making.Made(EnvironmentArchive archive)
                                ? Optional.of(archive)
                                : Optional.empty());
    }

    /**
     * Takes a piece of an environment: cuts what is there at the offset and adds the piece. Nothing
     * is written where less than that is there; the answer says how much is.
     *
     * @param most bytes that the piece may have
     * @throws UncheckedIOException when the piece breaks off
     */
    public Taken take(String digest, String lease, long offset, InputStream piece, long most) {
        Optional<Taken> no = enter(digest, lease, offset + most);
        if (no.isPresent()) {
            return no.get();
        }
        Path partial = shelf.partial(digest, lease);
        try {
            if (Shelf.size(partial) >= offset) {
                Shelf.write(partial, offset, piece);
            }
            return new Taken.Size(Shelf.size(partial));
        } catch (IOException e) {
            return refuse(digest, partial, refused(e));
        } finally {
            leave(digest, partial);
        }
    }

    /** Begins something with what one maker sends; gives what speaks against it. */
    private synchronized Optional<Taken> enter(String digest, String lease, long bytes) {
        Entry entry = entries.get(digest);
        if (entry == null
                || !(entry.making instanceof Making.Leased leased)
                || !leased.lease().equals(lease)) {
            return Optional.of(new Taken.NoLease());
        }
        if (entry.busy) {
            return Optional.of(new Taken.Busy());
        }
        long others = entries.values().stream().mapToLong(one -> one.bytes).sum() - entry.bytes;
        if (others + bytes > bytesMost) {
            drop(digest, entry, leased);
            entry.making =
                    new Making.Alone(
                            "packed, it takes more than the %d bytes that a job may keep"
                                    .formatted(bytesMost));
            return Optional.of(new Taken.Refused(((Making.Alone) entry.making).why()));
        }
        entry.busy = true;
        return Optional.empty();
    }

    private synchronized Taken refuse(String digest, Path partial, Making.Alone alone) {
        entry(digest).making = alone;
        try {
            Files.deleteIfExists(partial);
        } catch (IOException _) {
            // It goes with the job.
        }
        return new Taken.Refused(alone.why());
    }

    private synchronized void leave(String digest, Path partial) {
        Entry entry = entry(digest);
        entry.busy = false;
        try {
            entry.bytes = Shelf.size(partial);
        } catch (IOException _) {
            // It counts as before.
        }
        if (entry.making instanceof Making.Leased leased) {
            entry.making = leased.heard(clock.instant());
        }
    }

    private Entry entry(String digest) {
        return entries.computeIfAbsent(digest, _ -> new Entry());
    }

    /**
     * All of an environment has come: from now on it is there for all agents of the job.
     *
     * @param sha256 of all that was sent, in hexadecimal digits
     */
    public Taken keep(String digest, String lease, String sha256) {
        Optional<Taken> no = enter(digest, lease, 0);
        if (no.isPresent()) {
            return no.get();
        }
        Path partial = shelf.partial(digest, lease);
        try {
            String found = Shelf.sha256(partial);
            if (!found.equals(sha256)) {
                Files.deleteIfExists(partial);
                return new Taken.Different(found);
            }
            EnvironmentArchive archive = shelf.keep(digest, partial, sha256);
            keep(digest, archive);
            return new Taken.Size(archive.bytes());
        } catch (IOException e) {
            return refuse(digest, partial, refused(e));
        } finally {
            settle(digest);
        }
    }

    private synchronized void keep(String digest, EnvironmentArchive archive) {
        made(entry(digest), archive);
    }

    private synchronized void settle(String digest) {
        entry(digest).busy = false;
    }

    /** An agent is never heard again: what it makes is made by another, who need not wait. */
    public synchronized void lost(int agent) {
        entries.forEach((digest, entry) -> {
            if (entry.making instanceof Making.Leased leased
                    && leased.agent() == agent
                    && !entry.busy) {
                drop(digest, entry, leased);
                entry.making = new Making.Free();
            }
        });
    }

    /**
     * An agent does not make an environment any more; a repeat is harmless.
     *
     * @param shareable whether another one may have better luck
     */
    public synchronized void giveBack(String digest, String lease, boolean shareable) {
        Entry entry = entries.get(digest);
        if (entry == null
                || !(entry.making instanceof Making.Leased leased)
                || !leased.lease().equals(lease)
                || entry.busy) {
            return;
        }
        drop(digest, entry, leased);
        entry.making =
                shareable
                        ? new Making.Free()
                        : new Making.Alone("agent %d cannot pack it".formatted(leased.agent()));
    }
}
