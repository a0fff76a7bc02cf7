package dev.windrow.client;

import dev.windrow.client.Documents.Folder;
import dev.windrow.client.Documents.MissingBlobs;
import dev.windrow.client.LocalFolder.LocalFile;
import dev.windrow.spec.content.ContentRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Sends what the server does not have of a folder: nothing at all when it was sent before. */
final class FolderUpload {
    private static final int ROUNDS = 3;
    private static final int PAGE = 1_000;

    /** Files on their way at one time: a small file takes a moment on the server's disk. */
    private static final int SENDERS = 4;

    private final Transport transport;
    private final String workspace;
    private final UploadListener listener;

    /**
     * @param workspace path of the workspace on the server
     */
    FolderUpload(Transport transport, String workspace, UploadListener listener) {
        this.transport = transport;
        this.workspace = workspace;
        this.listener = listener;
    }

    private interface Reading {
        LocalFolder into(Path manifest) throws IOException;
    }

    /**
     * Sends a folder, or a single file, and gives the reference to it.
     *
     * @param field of the job, for what is told
     * @param code whether it is the job's code
     */
    ContentRef send(String field, Path path, boolean code) throws IOException {
        if (Files.isDirectory(path)) {
            return send(field, manifest -> LocalFolder.read(path, code, manifest), "");
        }
        String name = String.valueOf(path.getFileName());
        return send(field, manifest -> LocalFolder.of(path, manifest), name);
    }

    /** A file that changes meanwhile is looked at once more. */
    private ContentRef send(String field, Reading reading, String inside) throws IOException {
        Path manifest = Files.createTempFile("windrow-upload", ".manifest");
        try {
            try {
                return new ContentRef(round(field, reading.into(manifest)), inside);
            } catch (ChangedFileException _) {
                return new ContentRef(round(field, reading.into(manifest)), inside);
            }
        } finally {
            Files.deleteIfExists(manifest);
        }
    }

    private String round(String field, LocalFolder folder) throws IOException {
        Sent sent = new Sent(field);
        for (int round = 1; ; round++) {
            try {
                return transport.json(Call.put(path(folder)), Folder.class).digest();
            } catch (NotFoundException | ConflictException e) {
                if (round > ROUNDS) {
                    throw e;
                }
                files(folder, sent);
            }
        }
    }

    private String path(LocalFolder folder) {
        return workspace + "/folders" + Call.path(folder.digest());
    }

    private void files(LocalFolder folder, Sent sent) throws IOException {
        FileUpload upload = new FileUpload(transport, workspace, sent::more);
        upload.send(folder.digest(), folder.manifest(), Files.size(folder.manifest()));
        Call call = Call.get(path(folder) + "/missing").query("max", Integer.toString(PAGE));
        // What was sent is missing no more, so the first page is always the next one.
        List<String> missing = transport.json(call, MissingBlobs.class).items();
        while (!missing.isEmpty()) {
            new Senders(SENDERS)
                    .each(
                            missing,
                            () -> {
                                FileUpload one = new FileUpload(transport, workspace, sent::more);
                                return sha256 -> {
                                    LocalFile file =
                                            Objects.requireNonNull(folder.files().get(sha256));
                                    one.send(sha256, file.path(), file.size());
                                    sent.file();
                                };
                            });
            missing = transport.json(call, MissingBlobs.class).items();
        }
    }

    /** Counts what has gone. */
    private final class Sent {
        private final String field;
        private long files;
        private long bytes;

        Sent(String field) {
            this.field = field;
        }

        synchronized void more(long count) {
            bytes += count;
            listener.sent(field, files, bytes);
        }

        synchronized void file() {
            files++;
            listener.sent(field, files, bytes);
        }
    }
}
