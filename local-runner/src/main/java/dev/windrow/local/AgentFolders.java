package dev.windrow.local;

import dev.windrow.disk.DiskFolders;
import dev.windrow.disk.LockedFolder;
import dev.windrow.runtime.compute.AgentProvider.AgentRequest;
import dev.windrow.worker.process.Leftovers;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Folders of agents that work apart from their jobs' folders. An agent holds a lock in its own for
 * as long as it lives, wherever the folder is seen from; one with a lock that nobody holds is what
 * a killed agent has left.
 */
final class AgentFolders {

    private static final int SAME_NAME_MOST = 1_000;
    private static final String LOCK = "lock";

    /** No job's name begins like that. */
    private static final String GONE = ".gone-";

    private final Path all;

    /**
     * @param all the folder that holds them; need not be there
     */
    AgentFolders(Path all) {
        this.all = all;
    }

    /** Where an agent works that is started so. */
    static AgentFolders of(AgentRequest request) {
        return new AgentFolders(request.work().orElseGet(() -> request.home().resolve("agents")));
    }

    /** A folder of an agent of this process. */
    static final class Own {
        private final Path folder;
        private final @Nullable LockedFolder lock;

        private Own(Path folder, @Nullable LockedFolder lock) {
            this.folder = folder;
            this.lock = lock;
        }

        Path folder() {
            return folder;
        }

        /** Leaves it to whoever finds it; nobody will take it for a killed agent's. */
        void keep() throws IOException {
            Files.deleteIfExists(folder.resolve(LOCK));
            release();
        }

        void remove() throws IOException {
            DiskFolders.delete(folder);
            release();
        }

        private void release() throws IOException {
            if (lock != null) {
                lock.close();
            }
        }
    }

    /** Makes one that nobody else has. */
    Own make(String name) throws IOException {
        Files.createDirectories(all);
        for (int number = 1; number < SAME_NAME_MOST; number++) {
            Path folder = all.resolve(number == 1 ? name : name + "-" + number);
            try {
                Files.createDirectory(folder);
                Optional<Own> own = own(folder);
                if (own.isPresent()) {
                    return own.get();
                }
            } catch (FileAlreadyExistsException | NoSuchFileException _) {
                // The next number, then.
            }
        }
        throw new FileAlreadyExistsException(all.resolve(name).toString());
    }

    /** Empty when another has taken the folder for a leftover before it was locked. */
    private static Optional<Own> own(Path folder) throws IOException {
        try {
            return LockedFolder.tryTake(folder).map(lock -> new Own(folder, lock));
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException _) {
            // A file system without locks: then it is nobody's to remove.
            Files.deleteIfExists(folder.resolve(LOCK));
            return Optional.of(new Own(folder, null));
        }
    }

    /**
     * Removes what killed agents have left, their workers included. What cannot be removed stays.
     * Not for a process that has an agent here: it would let go of that one's lock.
     *
     * @param said is told of each
     */
    void sweep(Consumer<String> said) {
        for (Path folder : folders()) {
            try {
                if (folder.getFileName().toString().startsWith(GONE)) {
                    DiskFolders.delete(folder);
                } else if (Files.exists(folder.resolve(LOCK)) && sweep(folder)) {
                    said.accept("removed %s, which a killed agent had left".formatted(folder));
                }
            } catch (IOException e) {
                said.accept("folder: %s: not all of it was removed: %s".formatted(folder, e));
            }
        }
    }

    private List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(all, Files::isDirectory)) {
            found.forEach(folders::add);
        } catch (IOException | DirectoryIteratorException _) {
            // None are there, or none that may be read.
        }
        return folders;
    }

    private boolean sweep(Path folder) throws IOException {
        Optional<LockedFolder> taken;
        try {
            taken = LockedFolder.tryTake(folder);
        } catch (IOException _) {
            // No locks here, or it is just going.
            return false;
        }
        if (taken.isEmpty()) {
            return false;
        }
        try (LockedFolder _ = taken.get()) {
            new Leftovers(folder.resolve("workers")).kill();
            // So that it is known for what it is, though this process is killed meanwhile.
            Path gone = Files.createTempDirectory(all, GONE);
            Files.move(folder, gone.resolve("it"), StandardCopyOption.ATOMIC_MOVE);
            DiskFolders.delete(gone);
        }
        return true;
    }
}
