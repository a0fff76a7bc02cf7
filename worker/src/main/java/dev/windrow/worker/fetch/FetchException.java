package dev.windrow.worker.fetch;

import java.io.IOException;

/** What came is not the job's code, or cannot be taken for it. Another try would change nothing. */
public final class FetchException extends IOException {

    private static final long serialVersionUID = 1L;

    public FetchException(String message) {
        super(message);
    }
}
