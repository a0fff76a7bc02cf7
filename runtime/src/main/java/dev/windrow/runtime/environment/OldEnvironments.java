package dev.windrow.runtime.environment;

import dev.windrow.disk.DiskFolders;
import dev.windrow.disk.LockedFolder;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Removes environments of this machine that no job has used for thirty days, in small steps. Jobs
 * mark what they use again and again, so that nothing is removed while one runs in it. Used by one
 * thread.
 */
public final class OldEnvironments {

    /** Since the last use. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final Duration ROUND = Duration.ofHours(6);
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
    private static final String REMOVED = ".removed-";
    private static final int FILES_AT_ONCE = 1_000;

    private final Path folder;
    private final InstantSource clock;
    private final Deque<Path> round = new ArrayDeque<>();
    private Instant next = Instant.MIN;

    /**
     * @param folder of all environments; need not be there
     */
    public OldEnvironments(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** Does one small thing; answers whether there is more to do now. */
    public boolean step() throws IOException {
        if (round.isEmpty() && !begin()) {
            return false;
        }
        Path one = round.removeFirst();
        if (isRemoved(one)) {
            if (DiskFolders.deleteSome(one, FILES_AT_ONCE)) {
                round.addFirst(one);
            }
        } else {
            moved(one).ifPresent(round::addFirst);
        }
        return !round.isEmpty();
    }

    private boolean begin() throws IOException {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return false;
        }
        next = now.plus(ROUND);
        try (var all = Files.newDirectoryStream(folder)) {
            for (Path one : all) {
                if (isRemoved(one) || NAME.matcher(String.valueOf(one.getFileName())).matches()) {
                    round.add(one);
                }
            }
        } catch (NoSuchFileException _) {
            return false;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return !round.isEmpty();
    }

    private static boolean isRemoved(Path one) {
        return String.valueOf(one.getFileName()).startsWith(REMOVED);
    }

    private boolean isOld(Path own) throws IOException {
        Path used = own.resolve("used");
        Instant last = Files.getLastModifiedTime(Files.exists(used) ? used : own).toInstant();
        return last.isBefore(clock.instant().minus(KEPT));
    }

    /** Moves one out of sight that is old; gives where it is then. */
    private Optional<Path> moved(Path own) throws IOException {
        try {
            if (!isOld(own)) {
                return Optional.empty();
            }
            Optional<LockedFolder> lock = LockedFolder.tryTake(own);
            if (lock.isEmpty()) {
                // Somebody makes it anew.
                return Optional.empty();
            }
            try (LockedFolder _ = lock.get()) {
                return hidden(own);
            }
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /**
     * Who uses one marks it and then looks whether it is there; here it is hidden and then looked
     * whether it was marked. So one of the two sees the other.
     */
    private Optional<Path> hidden(Path own) throws IOException {
        Path made = own.resolve("made");
        Path aside = own.resolve("made.old");
        boolean whole = Files.exists(made);
        if (whole) {
            Files.move(made, aside, StandardCopyOption.ATOMIC_MOVE);
        }
        if (!isOld(own)) {
            if (whole) {
                Files.move(aside, made, StandardCopyOption.ATOMIC_MOVE);
            }
            return Optional.empty();
        }
        String name = REMOVED + own.getFileName() + "-" + clock.instant().toEpochMilli();
        return Optional.of(
                Files.move(own, own.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE));
    }
}
