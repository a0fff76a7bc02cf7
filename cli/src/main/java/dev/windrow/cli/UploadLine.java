package dev.windrow.cli;

import dev.windrow.cli.view.Words;
import dev.windrow.client.UploadListener;
import java.time.Duration;
import java.time.Instant;

/** Says how far an upload is: one line that is written over, on a terminal, once it takes long. */
final class UploadLine implements UploadListener {

    private static final Duration LONG = Duration.ofSeconds(2);
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final String OVER = "\r\u001b[K";

    private final Shell shell;
    private final Instant began;
    private Instant last;
    private boolean shown;

    UploadLine(Shell shell) {
        this.shell = shell;
        this.began = shell.clock().instant();
        this.last = began;
    }

    @Override
    public void sent(String field, long files, long bytes) {
        Instant now = shell.clock().instant();
        if (!shell.liveErr()
                || now.isBefore(began.plus(LONG))
                || now.isBefore(last.plus(BETWEEN))) {
            return;
        }
        last = now;
        shown = true;
        shell.err()
                .print(
                        OVER
                                + "uploading %s: %s, %s"
                                        .formatted(
                                                field,
                                                Words.count(files, "file", "files"),
                                                Words.bytes(bytes)));
        shell.err().flush();
    }

    @Override
    public void noted(String text) {
        end();
        shell.err("note: " + text);
    }

    /** Leaves nothing of the line. */
    void end() {
        if (shown) {
            shown = false;
            shell.err().print(OVER);
            shell.err().flush();
        }
    }
}
