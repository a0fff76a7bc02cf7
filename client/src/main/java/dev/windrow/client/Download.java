package dev.windrow.client;

import dev.windrow.client.Documents.FilePage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Brings files of one ended job into a folder: log files below {@code artifacts}, outputs below
 * {@code named-outputs/NAME}, as Azure lays them out. Used once.
 */
final class Download {
    private static final String BYTES = "application/octet-stream";
    private static final String TEXT = "text/plain";

    private final Transport transport;
    private final String job;
    private final Path folder;
    private long files;
    private long bytes;

    /**
     * Makes a download to be done.
     *
     * @param job path of the job on the server
     */
    Download(Transport transport, String job, Path folder) {
        this.transport = transport;
        this.job = job;
        this.folder = folder;
    }

    void logs() throws IOException {
        SafeFolder into = SafeFolder.at(folder).below("artifacts");
        fetchAll(into, job + "/logs", job + "/logs/file", TEXT);
    }

    void output(String name) throws IOException {
        SafeFolder into = SafeFolder.at(folder).below("named-outputs").below(name);
        String output = job + "/outputs" + Call.path(name);
        fetchAll(into, output + "/files", output + "/file", BYTES);
    }

    Downloaded done() {
        return new Downloaded(folder, files, bytes);
    }

    private void fetchAll(SafeFolder into, String list, String one, String type)
            throws IOException {
        Call listing = Call.get(list).query("max", JobFilter.PAGE);
        Iterator<JobFile> listed = Pages.stream(transport, listing, FilePage.class).iterator();
        while (listed.hasNext()) {
            JobFile file = listed.next();
            fetch(Call.get(one).query("path", file.path()), file, into.place(file.path()), type);
        }
    }

    /** The file appears whole or not at all. */
    private void fetch(Call call, JobFile file, Path target, String type) throws IOException {
        Path beside = Objects.requireNonNull(target.getParent());
        Path part = Files.createTempFile(beside, ".download-", ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                OptionalLong length = OptionalLong.of(file.bytes());
                bytes += new FileStream(transport, call, type, out, length).copy();
            }
            Files.move(
                    part,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            files++;
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
