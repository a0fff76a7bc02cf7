package dev.windrow.runtime;

import dev.windrow.disk.DiskFolders;
import dev.windrow.disk.DurableFiles;
import dev.windrow.runtime.compute.JobFolder;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Folders of jobs that are being removed: out of sight by one rename, so that no half job is ever
 * seen, and then freed in small steps that may be broken off anywhere.
 *
 * @param jobs the folder of all jobs
 */
record RemovedJobs(Path jobs) {

    /** No job can have such a name. The job's folder lies in one of these, under its own name. */
    private static final String REMOVED = ".removed-";

    /** Takes a job's folder out of sight; durable when this returns. */
    void hide(JobFolder folder) throws IOException {
        Path away = jobs.resolve(REMOVED);
        for (int i = 0; !moved(folder.root(), away); i++) {
            away = jobs.resolve(REMOVED + i);
        }
        DurableFiles.flush(away);
        DurableFiles.flush(jobs);
    }

    /** False when another removal has this place. */
    private static boolean moved(Path folder, Path away) throws IOException {
        try {
            Files.createDirectory(away);
            Files.move(folder, away.resolve(folder.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (FileAlreadyExistsException _) {
            return false;
        } catch (NoSuchFileException e) {
            // Whoever frees has just taken the empty place for what was left of another job.
            if (!Files.exists(folder)) {
                throw e;
            }
            return false;
        }
    }

    /** Names of jobs of which there still is something. */
    List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path away : folders(jobs, REMOVED + "*")) {
            folders(away, "*").forEach(folder -> names.add(folder.getFileName().toString()));
        }
        return names;
    }

    /**
     * Frees some of it; harmless beside others that do the same.
     *
     * @param most files and folders, at least 1
     * @return whether there may be more
     */
    boolean free(int most) throws IOException {
        for (Path away : folders(jobs, REMOVED + "*")) {
            if (DiskFolders.deleteSome(away, most)) {
                return true;
            }
        }
        return false;
    }

    private static List<Path> folders(Path parent, String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (var folders = Files.newDirectoryStream(parent, glob)) {
            for (Path folder : folders) {
                if (Files.isDirectory(folder)) {
                    found.add(folder);
                }
            }
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }
}
