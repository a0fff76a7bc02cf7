package dev.windrow.api.content;

import dev.windrow.api.http.Answer;
import dev.windrow.api.http.BrokenBodies;
import dev.windrow.api.http.Caller.Role;
import dev.windrow.api.http.Operation;
import dev.windrow.api.http.Operation.Streamed;
import dev.windrow.api.http.Problem;
import dev.windrow.api.http.Request;
import dev.windrow.api.job.Keys;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.runtime.content.ContentException;
import dev.windrow.runtime.content.ContentStore;
import dev.windrow.runtime.content.Missing;
import dev.windrow.runtime.content.Part;
import dev.windrow.runtime.content.Received;
import dev.windrow.runtime.host.JobHost;
import dev.windrow.spec.content.ContentRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes files and folders that jobs are to use. */
public final class UploadOperations {

    private static final String WORKSPACE = "/api/v1/workspaces/{ws}";
    private static final String BLOB = WORKSPACE + "/blobs/{digest}";
    private static final String FOLDER = WORKSPACE + "/folders/{digest}";
    private static final int PAGE = 50;
    private static final int PAGE_MOST = 1_000;
    private static final Pattern RANGE =
            Pattern.compile("bytes (?:(\\d{1,18})-(\\d{1,18})|\\*)/(\\d{1,18})");
    private static final String RANGE_RULE =
            "bytes FIRST-LAST/TOTAL, as many as the body has and 8388608 at most; bytes */0 for an empty file";

    private final JobHost host;

    private final ExecutorService threads;

    /**
     * @param threads write bodies to disk; bounded, and refuse what is too much
     */
    public UploadOperations(JobHost host, ExecutorService threads) {
        this.host = host;
        this.threads = threads;
    }

    /** The operations, as the contract names them. */
    public List<Operation> all() {
        return List.of(
                new Operation("getBlob", "GET", BLOB, Role.SUBMITTER, this::state),
                new Operation(
                        "putBlob",
                        "PUT",
                        BLOB,
                        Role.SUBMITTER,
                        this::receive,
                        Optional.of(new Streamed(threads, Part.LENGTH_MOST))),
                new Operation(
                        "missingBlobs", "GET", FOLDER + "/missing", Role.SUBMITTER, this::missing),
                new Operation("putFolder", "PUT", FOLDER, Role.SUBMITTER, this::complete));
    }

    private ContentStore store(Request request) {
        return host.assembly(Keys.workspace(request)).content();
    }

    private static String digest(Request request) {
        String digest = request.path("digest");
        if (!ContentRef.isDigest(digest)) {
            throw Problem.invalid("digest", digest, "64 hexadecimal digits in lower case");
        }
        return digest;
    }

    private Answer state(Request request) {
        request.allowOnly(Set.of());
        String digest = digest(request);
        ContentStore store = store(request);
        return answered(() -> Answer.ok(json(digest, store.received(digest, user(request)))));
    }

    private Answer receive(Request request) {
        request.allowOnly(Set.of());
        String digest = digest(request);
        ContentStore store = store(request);
        Part part = part(request);
        return answered(() ->
                Answer.ok(
                        json(
                                digest,
                                store.receive(digest, user(request), part, request.stream()))));
    }

    private static String user(Request request) {
        return request.caller().user();
    }

    private static Part part(Request request) {
        String text = request.header("content-range").orElse("missing");
        Matcher range = RANGE.matcher(text);
        try {
            if (range.matches()) {
                long total = Long.parseLong(range.group(3));
                boolean empty = range.group(1) == null;
                long first = empty ? 0 : Long.parseLong(range.group(1));
                long length = empty ? 0 : Long.parseLong(range.group(2)) - first + 1;
                Part part = new Part(first, length, total);
                if (request.header("content-length").equals(Optional.of(Long.toString(length)))) {
                    return part;
                }
            }
        } catch (IllegalArgumentException _) {
            // Refused below.
        }
        throw Problem.invalid("Content-Range", text, RANGE_RULE);
    }

    private static ObjectNode json(String digest, Received received) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("sha256", digest)
                .put("received", received.bytes())
                .put("complete", received.complete());
    }

    private Answer missing(Request request) {
        request.allowOnly(Set.of("max", "cursor"));
        String digest = digest(request);
        ContentStore store = store(request);
        String after = request.query("cursor").map(Keys::cursor).orElse("");
        int most = request.whole("max", 1, PAGE_MOST, PAGE);
        return answered(() -> {
            Missing missing = store.missing(digest, after, most);
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode items = body.putArray("items");
            missing.digests().forEach(items::add);
            body.put(
                    "next_cursor", missing.next().isEmpty() ? null : Keys.cursorOf(missing.next()));
            return Answer.ok(body);
        });
    }

    private Answer complete(Request request) {
        request.allowOnly(Set.of());
        String digest = digest(request);
        ContentStore store = store(request);
        return answered(() -> {
            boolean made = store.complete(digest);
            ObjectNode body =
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("id", new ContentRef(digest, "").toString());
            return new Answer.Json(made ? 201 : 200, body, Map.of());
        });
    }

    private static Answer answered(Supplier<Answer> work) {
        try {
            return work.get();
        } catch (ContentException e) {
            throw Problem.of(status(e.kind()), e.kind().name(), String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            throw failed(e);
        }
    }

    private static int status(ContentException.Kind kind) {
        return switch (kind) {
            case CONTENT_NOT_FOUND -> 404;
            case CONTENT_INVALID -> 422;
            case CONTENT_TOO_LARGE -> 413;
            case CONTENT_INCOMPLETE, OFFSET_WRONG, UPLOAD_BUSY -> 409;
        };
    }

    private static RuntimeException failed(UncheckedIOException e) {
        IOException why = Objects.requireNonNull(e.getCause());
        if (BrokenBodies.isBroken(why)) {
            return Problem.of(400, "BODY_BROKEN", "body: breaks off (expected: Content-Length)");
        }
        return String.valueOf(why.getMessage()).contains("No space left")
                ? new EngineException(ErrorCode.DISK_FULL, "content: the server's disk is full", e)
                : e;
    }
}
