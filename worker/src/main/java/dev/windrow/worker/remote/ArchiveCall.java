package dev.windrow.worker.remote;

import dev.windrow.worker.fetch.ArchiveBounds;
import dev.windrow.worker.fetch.FetchException;
import dev.windrow.worker.fetch.FetchedFolder;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
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

/** Brings archives of a job here, however often the server goes away meanwhile. */
final class ArchiveCall {

    /** The server answers as soon as it has the archive, and that may have to be made first. */
    private static final Duration ANSWER_MAX = Duration.ofMinutes(2);

    private final ServerAddress server;
    private final Duration patience;
    private final InstantSource clock;
    private final Backoff backoff = new Backoff();

    /**
     * What is to come.
     *
     * @param what it is, for messages
     * @param path of the request
     * @param limit for all of it; on a line that is slower the next agent had better not start
     * @param packed whether it is compressed, and may hold links
     */
    record Order(
            String what,
            String path,
            String sha256,
            ArchiveBounds bounds,
            Duration limit,
            boolean packed) {

        /** The job's code. */
        static Order code(String sha256) {
            return new Order(
                    "code", "code", sha256, ArchiveBounds.CODE, Duration.ofMinutes(15), false);
        }

        /** An input that was uploaded with the job, or that its server alone has. */
        static Order input(String name, String sha256) {
            return new Order(
                    "inputs." + name,
                    "inputs/" + URLEncoder.encode(name, StandardCharsets.UTF_8),
                    sha256,
                    ArchiveBounds.INPUT,
                    Duration.ofHours(4),
                    false);
        }

        /** An environment that another agent has made. */
        static Order environment(String digest, String sha256) {
            return new Order(
                    "environment",
                    "environments/" + digest,
                    sha256,
                    ArchiveBounds.ENVIRONMENT,
                    Duration.ofMinutes(30),
                    true);
        }

        private void unpack(Path archive, Path folder) throws IOException {
            if (packed) {
                FetchedFolder.unpackPacked(what, archive, sha256, folder, bounds);
            } else {
                FetchedFolder.unpack(what, archive, sha256, folder, bounds);
            }
        }
    }

    /**
     * @param patience how long a server may stay away
     */
    ArchiveCall(ServerAddress server, Duration patience, InstantSource clock) {
        this.server = server;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * Makes a folder of what is ordered. Blocks.
     *
     * @param folder not there yet
     * @throws FetchException when what comes is something else
     * @throws Carrier.Refused when there is nothing to fetch for this agent any more
     * @throws IOException when the server stays away
     */
    void fetch(Order order, Path folder) throws IOException, InterruptedException {
        Path archive = folder.resolveSibling(folder.getFileName() + ".tar");
        Instant began = clock.instant();
        try {
            while (true) {
                try {
                    call(order, archive);
                    order.unpack(archive, folder);
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

    private void call(Order order, Path archive) throws IOException, InterruptedException {
        HttpRequest request = server.request(order.path(), ANSWER_MAX).GET().build();
        CompletableFuture<HttpResponse<Path>> sent =
                server.http().sendAsync(request, info -> body(info, archive, order.bounds()));
        try {
            HttpResponse<Path> answer = sent.get(order.limit().toSeconds(), TimeUnit.SECONDS);
            if (answer.statusCode() != 200) {
                throw new Carrier.Refused(answer.statusCode(), "to a request for " + order.what());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException(order.what() + " does not come", e);
        } finally {
            sent.cancel(true);
        }
    }

    private static BodySubscriber<Path> body(
            ResponseInfo info, Path archive, ArchiveBounds bounds) {
        return info.statusCode() == 200
                ? BodySubscribers.limiting(BodySubscribers.ofFile(archive), bounds.bytes())
                : BodySubscribers.replacing(archive);
    }
}
