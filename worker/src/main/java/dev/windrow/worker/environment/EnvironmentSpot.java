package dev.windrow.worker.environment;

import dev.windrow.disk.LockedFolder;
import dev.windrow.model.VirtualEnvironment;
import dev.windrow.worker.environment.EnvironmentMaker.Asker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** The place of one environment on this machine, and who asks for it. */
public final class EnvironmentSpot {

    private static final Pattern BUILD = Pattern.compile("build-[A-Za-z0-9_]{1,40}");
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Path own;
    private final VirtualEnvironment wanted;
    private final BasePython python;
    private final Asker asker;

    EnvironmentSpot(Path own, VirtualEnvironment wanted, BasePython python, Asker asker) {
        this.own = own;
        this.wanted = wanted;
        this.python = python;
        this.asker = asker;
    }

    Path own() {
        return own;
    }

    VirtualEnvironment wanted() {
        return wanted;
    }

    BasePython python() {
        return python;
    }

    Asker asker() {
        return asker;
    }

    /**
     * Equal on machines that can use the same environment: it depends on the lines for pip, on the
     * interpreter, and on the folder it is in, because its scripts hold their path.
     *
     * @return SHA-256 in hexadecimal digits
     */
    public String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(own.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds a line to the log of who asks. */
    public void note(String text) {
        try {
            Files.createDirectories(asker.log().resolveSibling("."));
            Files.writeString(
                    asker.log(),
                    "windrow: %s\n".formatted(text),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException _) {
            // Nothing of it depends on a line.
        }
    }

    /**
     * The environment when it is there; it is marked as used then.
     *
     * @throws EnvironmentException when its folder cannot be made
     */
    public Optional<MadeEnvironment> find() throws EnvironmentException {
        try {
            Files.createDirectories(asker.log().resolveSibling("."));
            // Marked before the look, so that whoever removes old ones cannot miss it.
            mark();
            Optional<MadeEnvironment> found = look();
            found.ifPresent(one -> note("found " + one.folder()));
            return found;
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private void mark() throws IOException {
        Files.createDirectories(own);
        try {
            MadeEnvironment.markUsed(own);
        } catch (NoSuchFileException _) {
            // Removed just now; the next one will not be.
            Files.createDirectories(own);
            MadeEnvironment.markUsed(own);
        }
    }

    private Optional<MadeEnvironment> look() throws IOException {
        try {
            return Optional.of(
                            new MadeEnvironment(
                                    own.resolve(Files.readString(own.resolve("made")).strip())))
                    .filter(one -> Files.isExecutable(Path.of(one.python())));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    EnvironmentException refused(IOException e) {
        return EnvironmentException.ofMachine(
                "environment: %s (expected: a folder this user may write): %s"
                        .formatted(own, e.getMessage()));
    }

    /** A folder on the same disk for what comes from elsewhere; whoever asks removes it. */
    public Path incoming() throws IOException {
        return Files.createTempDirectory(own, "incoming-");
    }

    /**
     * Takes an environment that another machine has made at the same path. Blocks while another
     * process makes one here, which is taken then.
     *
     * @param folder holds the folder of the environment under its own name, and nothing else
     * @throws EnvironmentException when it is not one that this interpreter can use
     */
    public MadeEnvironment adopt(Path folder)
            throws IOException, EnvironmentException, InterruptedException {
        Path there = only(folder);
        try (LockedFolder _ = lock()) {
            Optional<MadeEnvironment> found = look();
            if (found.isPresent()) {
                return found.get();
            }
            Path here = own.resolve(there.getFileName());
            Files.move(there, here, StandardCopyOption.ATOMIC_MOVE);
            MadeEnvironment made = new MadeEnvironment(here);
            if (!BasePython.ask(made.python()).version().equals(python.version())) {
                throw new EnvironmentException(
                        "environment: %s is of another Python (expected: %s)"
                                .formatted(here, python.version()));
            }
            Path fresh = Files.writeString(own.resolve("made.new"), here.getFileName().toString());
            Files.move(fresh, own.resolve("made"), StandardCopyOption.ATOMIC_MOVE);
            return made;
        }
    }

    private static Path only(Path folder) throws IOException, EnvironmentException {
        List<Path> all = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder)) {
            files.forEach(all::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        if (all.size() != 1
                || !BUILD.matcher(String.valueOf(all.getFirst().getFileName())).matches()) {
            throw new EnvironmentException(
                    "environment: %s (expected: one folder, called build-…)"
                            .formatted(
                                    all.stream()
                                            .limit(3)
                                            .map(one -> String.valueOf(one.getFileName()))
                                            .toList()));
        }
        return all.getFirst();
    }

    private LockedFolder lock() throws IOException, InterruptedException {
        for (long left = EnvironmentMaker.LIMIT.dividedBy(LOOK); left > 0; left--) {
            Files.createDirectories(own);
            Optional<LockedFolder> lock = LockedFolder.tryTake(own);
            if (lock.isPresent()) {
                return lock.get();
            }
            LockSupport.parkNanos(LOOK.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        throw new IOException("another process makes it, and has not ended within the limit");
    }
}
