package dev.windrow.worker.remote;

import dev.windrow.worker.fetch.CodeBounds;
import dev.windrow.worker.fetch.CodeFolder;
import dev.windrow.worker.fetch.FetchException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Brings a job's code here, however often the server goes away meanwhile. */
final class CodeCall {

    /** The server answers as soon as it has the archive, and that may have to be made first. */
    private static final Duration ANSWER_MAX = Duration.ofMinutes(2);

    /** For all of it; on a line that is slower than this the next agent had better not start. */
    private static final Duration WHOLE_MAX = Duration.ofMinutes(15);

    private static final CodeBounds BOUNDS = CodeBounds.USUAL;

    private final ServerAddress server;
    private final Duration patience;
    private final InstantSource clock;
    private final Backoff backoff = new Backoff();

    /**
     * @param patience how long a server may stay away
     */
    CodeCall(ServerAddress server, Duration patience, InstantSource clock) {
        this.server = server;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * Makes the folder with the code of this digest. Blocks.
     *
     * @param folder not there yet; what is beside it is removed again
     * @throws FetchException when what comes is not the code
     * @throws Carrier.Refused when there is nothing to fetch for this agent any more
     * @throws IOException when the server stays away
     */
    void fetch(String sha256, Path folder) throws IOException, InterruptedException {
        Path archive = folder.resolveSibling("code.tar");
        Instant began = clock.instant();
        try {
            while (true) {
                try {
                    call(archive);
                    CodeFolder.unpack(archive, sha256, folder, BOUNDS);
                    return;
                } catch (FetchException e) {
                    throw e;
                } catch (IOException e) {
                    pause(e, Duration.between(began, clock.instant()));
                }
            }
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    private void pause(IOException why, Duration alone) throws IOException, InterruptedException {
        boolean over = why instanceof Carrier.Refused refused && refused.isFinal();
        if (over || alone.compareTo(patience) > 0) {
            throw why;
        }
        LockSupport.parkNanos(backoff.next(alone).toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void call(Path archive) throws IOException, InterruptedException {
        HttpRequest request = server.request("code", ANSWER_MAX).GET().build();
        CompletableFuture<HttpResponse<Path>> sent =
                server.http().sendAsync(request, info -> body(info, archive));
        try {
            HttpResponse<Path> answer = sent.get(WHOLE_MAX.toSeconds(), TimeUnit.SECONDS);
            if (answer.statusCode() != 200) {
                throw new Carrier.Refused(answer.statusCode(), "to a request for the code");
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the code does not come", e);
        } finally {
            sent.cancel(true);
        }
    }

    private static BodySubscriber<Path> body(ResponseInfo info, Path archive) {
        return info.statusCode() == 200
                ? BodySubscribers.limiting(BodySubscribers.ofFile(archive), BOUNDS.bytes())
                : BodySubscribers.replacing(archive);
    }
}
