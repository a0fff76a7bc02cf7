package dev.windrow.api.agent;

import dev.windrow.api.http.Answer;
import dev.windrow.api.http.BrokenBodies;
import dev.windrow.api.http.Caller.Role;
import dev.windrow.api.http.Operation;
import dev.windrow.api.http.Operation.Streamed;
import dev.windrow.api.http.Problem;
import dev.windrow.api.http.Request;
import dev.windrow.protocol.environment.EnvironmentTurn;
import dev.windrow.protocol.wire.EnvironmentTurns;
import dev.windrow.protocol.wire.MessageText;
import dev.windrow.runtime.environment.EnvironmentArchive;
import dev.windrow.runtime.environment.FleetEnvironments;
import dev.windrow.runtime.environment.Taken;
import dev.windrow.runtime.host.AgentEntrance;
import dev.windrow.runtime.host.AgentEntrance.Admission;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;

/** Environments that agents of one job make for each other. */
final class EnvironmentOperations {

    private static final String PATH = "/api/v1/agent/environments/{digest}";
    private static final String LEASE = "lease";
    private static final String DIGEST_RULE = "64 hexadecimal digits in lower case";

    private final AgentEntrance entrance;
    private final ExecutorService uploads;

    /**
     * @param uploads write bodies to disk; bounded, and refuse what is too much
     */
    EnvironmentOperations(AgentEntrance entrance, ExecutorService uploads) {
        this.entrance = entrance;
        this.uploads = uploads;
    }

    /** All of them, to be guarded by tokens of jobs. */
    List<Operation> all() {
        return List.of(
                open("claimEnvironment", "POST", this::claim),
                open("fetchEnvironment", "GET", this::fetch),
                new Operation(
                        "sendEnvironment",
                        "PATCH",
                        PATH,
                        Role.NONE,
                        (Operation.Routine) this::take,
                        Optional.of(new Streamed(uploads, EnvironmentTurn.PIECE_MAX))),
                open("keepEnvironment", "PUT", this::keep),
                open("giveBackEnvironment", "DELETE", this::giveBack));
    }

    private static Operation open(String id, String method, Operation.Routine work) {
        return new Operation(id, method, PATH, Role.NONE, work);
    }

    private FleetEnvironments environments(Request request) {
        Admission admission = entrance.environments(AgentRequests.token(request));
        if (admission instanceof Admission.Shared(FleetEnvironments environments)) {
            return environments;
        }
        throw AgentRequests.refusal(admission);
    }

    private Answer claim(Request request) {
        request.allowOnly(Set.of(AgentRequests.AGENT, LEASE));
        String digest = digest(request);
        int agent = AgentRequests.agent(request);
        Optional<String> lease = request.query(LEASE);
        lease.ifPresent(EnvironmentOperations::check);
        EnvironmentTurn turn = environments(request).claim(digest, agent, lease);
        byte[] text = MessageText.write(new EnvironmentTurns(), turn);
        return new Answer.Text(
                200, "application/json", new String(text, StandardCharsets.US_ASCII));
    }

    private Answer fetch(Request request) {
        request.allowOnly(Set.of());
        EnvironmentArchive archive =
                environments(request)
                        .archive(digest(request))
                        .orElseThrow(() ->
                                Problem.of(
                                        404,
                                        "NO_ENVIRONMENT",
                                        "environment: not there (expected: one that claimEnvironment"
                                                + " said to fetch)"));
        return AgentFiles.file(archive.file(), archive.sha256(), "environment.tar.gz");
    }

    private Answer take(Request request) {
        request.allowOnly(Set.of(LEASE, "offset"));
        String digest = digest(request);
        String lease = lease(request);
        long offset =
                AgentFiles.number(request, "offset", FleetEnvironments.BYTES_MOST)
                        .orElseThrow(() -> Problem.invalid("offset", "", "bytes before the body"));
        long length = Long.parseLong(request.header("content-length").orElse("0"));
        try {
            return answer(
                    environments(request).take(digest, lease, offset, request.stream(), length));
        } catch (UncheckedIOException e) {
            throw e.getCause() != null && BrokenBodies.isBroken(e.getCause())
                    ? Problem.of(400, "BODY_BROKEN", "body: breaks off (expected: Content-Length)")
                    : e;
        }
    }

    private Answer keep(Request request) {
        request.allowOnly(Set.of(LEASE, "sha256"));
        String digest = digest(request);
        String lease = lease(request);
        String sha256 = request.query("sha256").orElse("");
        if (!EnvironmentTurn.DIGEST.matcher(sha256).matches()) {
            throw Problem.invalid("sha256", sha256, DIGEST_RULE);
        }
        Answer _ = answer(environments(request).keep(digest, lease, sha256));
        return new Answer.Empty(204);
    }

    private Answer giveBack(Request request) {
        request.allowOnly(Set.of(LEASE, "reason"));
        String digest = digest(request);
        String lease = lease(request);
        String reason = request.query("reason").orElse("");
        if (!Set.of("failed", "unpackable").contains(reason)) {
            throw Problem.invalid("reason", reason, "failed or unpackable");
        }
        environments(request).giveBack(digest, lease, reason.equals("failed"));
        return new Answer.Empty(204);
    }

    private static Answer answer(Taken taken) {
        return switch (taken) {
            case Taken.Size(long bytes) ->
                    Answer.ok(JsonNodeFactory.instance.objectNode().put("size", bytes));
            case Taken.NoLease _ ->
                    throw Problem.of(
                            409,
                            "NO_LEASE",
                            "lease: not the one that counts (expected: that of the agent which"
                                    + " makes the environment)");
            case Taken.Busy _ ->
                    throw Problem.of(
                            409,
                            "UPLOAD_BUSY",
                            "environment: is being received (expected: one piece at a time)");
            case Taken.Refused(String why) ->
                    throw Problem.of(413, "ENVIRONMENT_REFUSED", "environment: " + why);
            case Taken.Different(String sha256) ->
                    throw Problem.of(
                            422,
                            "CONTENT_INVALID",
                            "sha256: %s was received (expected: the digest of what was sent; it is thrown away)"
                                    .formatted(sha256));
        };
    }

    private static String digest(Request request) {
        String digest = request.path("digest");
        if (!EnvironmentTurn.DIGEST.matcher(digest).matches()) {
            throw Problem.invalid("digest", digest, DIGEST_RULE);
        }
        return digest;
    }

    private static String lease(Request request) {
        String lease = request.query(LEASE).orElse("");
        check(lease);
        return lease;
    }

    private static void check(String lease) {
        Pattern rule = EnvironmentTurn.LEASE;
        if (!rule.matcher(lease).matches()) {
            throw Problem.invalid(LEASE, lease, "32 hexadecimal digits, from claimEnvironment");
        }
    }
}
