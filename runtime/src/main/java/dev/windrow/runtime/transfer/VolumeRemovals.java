package dev.windrow.runtime.transfer;

import dev.windrow.disk.DurableFiles;
import dev.windrow.store.register.ComputeKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Removes folders of volumes that only pods see, one after the other and beside everything else.
 * What is to go is a file for each until it is gone, so that the next server goes on; after a week
 * it is given up. Safe for use by several threads.
 */
public final class VolumeRemovals implements AutoCloseable {

    private static final String ENDING = ".properties";
    private static final String DUE = "due";
    private static final int KEPT_MOST = 10_000;
    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LATER = Duration.ofMinutes(30);

    private final Path folder;
    private final Transfers transfers;
    private final Predicate<ComputeKey> attached;
    private final InstantSource clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("volume-removals").factory());

    /**
     * @param folder for what is still to be done
     * @param attached tells whether a compute is there whose pods could do it
     */
    public VolumeRemovals(
            Path folder, Transfers transfers, Predicate<ComputeKey> attached, InstantSource clock) {
        this.folder = folder;
        this.transfers = transfers;
        this.attached = attached;
        this.clock = clock;
    }

    /**
     * Does something first, on the thread that removes, and then what a server before this one has
     * not done.
     */
    public void takeUp(Runnable first) {
        execute(first);
        execute(this::pass);
    }

    /**
     * Has a folder removed, soon; durable when this returns.
     *
     * @throws IOException when the disk refuses
     */
    public void add(VolumeRemoval removal) throws IOException {
        addLater(removal, Duration.ZERO);
    }

    /**
     * The same, once a time is over; unless it is {@linkplain #done said} before that somebody else
     * has removed it.
     */
    public void addLater(VolumeRemoval removal, Duration pause) throws IOException {
        Files.createDirectories(folder);
        if (files().size() >= KEPT_MOST) {
            throw new IOException("%s: too much to remove already".formatted(folder));
        }
        Properties fields = removal.fields();
        fields.setProperty(DUE, Long.toString(clock.instant().plus(pause).toEpochMilli()));
        Path fresh = folder.resolve(UUID.randomUUID() + ".new");
        try (OutputStream out = Files.newOutputStream(fresh)) {
            fields.store(out, null);
        }
        DurableFiles.place(fresh, file(removal));
        execute(this::pass);
    }

    /** Somebody else has removed a folder; harmless when nobody was to. */
    public void done(VolumeRemoval removal) {
        try {
            Files.deleteIfExists(file(removal));
        } catch (IOException _) {
            // It is removed a second time, which is harmless.
        }
    }

    /** One for each folder, however often it is to go. */
    private Path file(VolumeRemoval removal) {
        byte[] text = new TreeMap<>(removal.fields()).toString().getBytes(StandardCharsets.UTF_8);
        return folder.resolve(UUID.nameUUIDFromBytes(text) + ENDING);
    }

    private void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException _) {
            // The next server does it.
        }
    }

    private List<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            files.forEach(found::add);
        } catch (NoSuchFileException _) {
            return found;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    /** Does what there is to do; what cannot be done now is tried again. */
    private void pass() {
        Optional<Duration> again = Optional.empty();
        try {
            for (Path file : files()) {
                again =
                        Stream.of(again, remove(file))
                                .flatMap(Optional::stream)
                                .min(Comparator.naturalOrder());
            }
        } catch (IOException _) {
            again = Optional.of(LATER);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        again.ifPresent(this::schedule);
    }

    private void schedule(Duration pause) {
        if (!thread.isShutdown()) {
            var _ = thread.schedule(this::pass, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Empty when there is nothing more to do for this file. */
    private Optional<Duration> remove(Path file) throws IOException, InterruptedException {
        Properties fields = read(file);
        Duration early = Duration.between(clock.instant(), due(fields));
        if (early.isPositive()) {
            return Optional.of(early);
        }
        Optional<VolumeRemoval> removal = VolumeRemoval.of(fields);
        if (removal.filter(one -> attached.test(one.compute())).isEmpty()) {
            Files.deleteIfExists(file);
            return Optional.empty();
        }
        VolumeRemoval one = removal.get();
        try {
            transfers.remove(one.compute(), one.store(), one.place());
            Files.deleteIfExists(file);
            return Optional.empty();
        } catch (TransferException e) {
            Instant since = Files.getLastModifiedTime(file).toInstant();
            if (clock.instant().isAfter(since.plus(KEPT))) {
                Files.deleteIfExists(file);
                return Optional.empty();
            }
            return Optional.of(e.isPassing() ? SOON : LATER);
        } catch (IOException _) {
            return Optional.of(SOON);
        }
    }

    /** Empty when the file is damaged, or gone meanwhile. */
    private static Properties read(Path file) throws IOException {
        Properties fields = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            fields.load(in);
        } catch (NoSuchFileException | IllegalArgumentException _) {
            fields.clear();
        }
        return fields;
    }

    private static Instant due(Properties fields) {
        String text = fields.getProperty(DUE, "0");
        return Instant.ofEpochMilli(text.matches("[0-9]{1,15}") ? Long.parseLong(text) : 0);
    }

    /** Leaves what is not done to the next server. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
