package dev.windrow.api.agent;

import dev.windrow.api.http.Answer;
import dev.windrow.api.http.Problem;
import dev.windrow.api.http.Request;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.runtime.host.AgentEntrance;
import dev.windrow.runtime.host.AgentEntrance.Admission;
import dev.windrow.runtime.job.FolderArchive;
import dev.windrow.runtime.ship.LogBounds;
import dev.windrow.runtime.ship.LogPiece;
import dev.windrow.runtime.ship.LogRefusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;

/** For agents that do not see the job's folder: its code, and a place for their logs. */
final class AgentFiles {

    private static final int PIECE_MAX = 1 << 20;
    private static final long OFFSET_MAX = LogBounds.USUAL.fileBytes();
    private static final long TURN_MAX = 1_000_000_000_000_000L;

    private final AgentEntrance entrance;

    AgentFiles(AgentEntrance entrance) {
        this.entrance = entrance;
    }

    Answer code(Request request) {
        request.allowOnly(Set.of());
        return archive(entrance.code(AgentRequests.token(request)), "code.tar");
    }

    Answer input(Request request) {
        request.allowOnly(Set.of());
        String name = request.path("input");
        return archive(entrance.input(AgentRequests.token(request), name), "input.tar");
    }

    private static Answer archive(Admission admission, String fileName) {
        if (admission instanceof Admission.Archive(FolderArchive archive)) {
            return file(archive.file(), archive.sha256(), fileName);
        }
        throw AgentRequests.refusal(admission);
    }

    /** A file of a known digest, or a part of it. */
    static Answer file(Path file, String sha256, String fileName) {
        byte[] digest = HexFormat.of().parseHex(sha256);
        String header = "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
        try {
            return new Answer.FilePart(
                    file,
                    Files.size(file),
                    "application/octet-stream",
                    fileName,
                    Map.of("Repr-Digest", header));
        } catch (IOException _) {
            // The job has ended just now: who asks again is told.
            throw AgentRequests.refusal(new Admission.NotYet());
        }
    }

    Answer ship(Request request) {
        request.allowOnly(Set.of("agent", "file", "offset", "turn"));
        String token = AgentRequests.token(request);
        int agent = AgentRequests.agent(request);
        try {
            Admission admission = entrance.ship(token, agent, piece(request));
            if (admission instanceof Admission.Shipped(long size)) {
                return Answer.ok(JsonNodeFactory.instance.objectNode().put("size", size));
            }
            throw AgentRequests.refusal(admission);
        } catch (LogRefusal e) {
            throw Problem.invalid(e.field(), e.value(), e.rule());
        } catch (UncheckedIOException e) {
            throw String.valueOf(e.getCause()).contains("No space left")
                    ? new EngineException(ErrorCode.DISK_FULL, "logs: the server's disk is full", e)
                    : e;
        }
    }

    private static LogPiece piece(Request request) {
        byte[] body = request.body();
        if (body.length > PIECE_MAX) {
            throw Problem.of(
                    413,
                    "BODY_TOO_LARGE",
                    "body: %d bytes (expected: at most %d)".formatted(body.length, PIECE_MAX));
        }
        String file =
                request.query("file")
                        .orElseThrow(() -> Problem.invalid("file", "", "path of a log file"));
        long offset =
                number(request, "offset", OFFSET_MAX)
                        .orElseThrow(() -> Problem.invalid("offset", "", "bytes before the body"));
        return new LogPiece(file, offset, body, number(request, "turn", TURN_MAX).orElse(0L));
    }

    /** A parameter that is a number from 0. */
    static Optional<Long> number(Request request, String name, long most) {
        return request.query(name)
                .map(text -> {
                    try {
                        long value = Long.parseLong(text);
                        if (value >= 0 && value <= most) {
                            return value;
                        }
                    } catch (NumberFormatException _) {
                        // Refused below.
                    }
                    throw Problem.invalid(
                            name, text, "a whole number from 0 to %d".formatted(most));
                });
    }
}
