package dev.windrow.runtime.host;

import dev.windrow.runtime.compute.HealthFinding;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether a datastore can be used, by using it. */
final class DatastoreCheck {

    private final Path root;
    private final boolean made;
    private final List<HealthFinding> findings = new ArrayList<>();

    /**
     * @param made whether a job makes the folder when it is not there
     */
    DatastoreCheck(Path root, boolean made) {
        this.root = root;
        this.made = made;
    }

    /**
     * What was found.
     *
     * @param freeBytes empty when nothing tells
     */
    record Found(List<HealthFinding> findings, Optional<Long> freeBytes) {}

    Found look() {
        boolean there = Files.isDirectory(root);
        if (there) {
            add("reachable", true, root + " is a folder");
            readable();
            writable(root);
        } else if (made && Files.notExists(root)) {
            add("reachable", true, root + " is not there yet; the first output makes it");
            add("readable", true, "nothing to read yet");
            writable(nearest());
        } else {
            String rule = "%s (expected: a folder that this user can reach)".formatted(root);
            add("reachable", false, rule);
            add("readable", false, rule);
            add("writable", false, rule);
        }
        Optional<Long> free = there || made ? free() : Optional.empty();
        add(
                "free_bytes",
                free.filter(bytes -> bytes > 0).isPresent(),
                free.map(bytes -> bytes + " bytes are free").orElse("not known"));
        return new Found(List.copyOf(findings), free);
    }

    private void readable() {
        try (var entries = Files.newDirectoryStream(root)) {
            boolean any = entries.iterator().hasNext();
            add("readable", true, any ? "it can be listed" : "it can be listed, and is empty");
        } catch (IOException e) {
            add("readable", false, reason(e));
        }
    }

    private void writable(Path folder) {
        try {
            Path probe = Files.createTempFile(folder, ".windrow-check-", "");
            try {
                Files.writeString(probe, "x");
            } finally {
                Files.delete(probe);
            }
            add("writable", true, "a file could be made and removed in " + folder);
        } catch (IOException e) {
            add("writable", false, reason(e));
        }
    }

    private Path nearest() {
        Path folder = root;
        while (!Files.isDirectory(folder)) {
            Path parent = folder.getParent();
            if (parent == null) {
                return folder;
            }
            folder = parent;
        }
        return folder;
    }

    private Optional<Long> free() {
        try {
            FileStore disk = Files.getFileStore(nearest());
            return Optional.of(disk.getUsableSpace());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException file && file.getReason() != null
                ? file.getFile() + ": " + file.getReason()
                : e.toString();
    }

    private void add(String name, boolean ok, String message) {
        findings.add(new HealthFinding(name, ok, message));
    }
}
