package dev.windrow.api.agent;

import dev.windrow.api.http.Answer;
import dev.windrow.api.http.Caller.Role;
import dev.windrow.api.http.Operation;
import dev.windrow.api.http.Problem;
import dev.windrow.api.http.Request;
import dev.windrow.protocol.Protocol;
import dev.windrow.runtime.compute.EngineDoor.Connection;
import dev.windrow.runtime.host.AgentEntrance;
import dev.windrow.runtime.host.AgentEntrance.Admission;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/** What agents ask for. They come with a token of their job, which opens nothing else. */
public final class AgentOperations {

    private static final String AGENT = "/api/v1/agent/";

    private final AgentEntrance entrance;
    private final ExecutorService threads;
    private final PollSessions sessions;
    private final MessageRoom room = new MessageRoom(MessageRoom.BYTES_MAX);
    private final AgentFiles files;
    private final EnvironmentOperations environments;
    private final InstantSource clock;

    /**
     * @param threads a cheap one for each task: they wait for agents and for the engine
     * @param uploads write bodies to disk; bounded, and refuse what is too much
     */
    public AgentOperations(
            AgentEntrance entrance,
            ExecutorService threads,
            ExecutorService uploads,
            InstantSource clock) {
        this.entrance = entrance;
        this.threads = threads;
        this.clock = clock;
        this.sessions = new PollSessions(clock);
        this.files = new AgentFiles(entrance);
        this.environments = new EnvironmentOperations(entrance, uploads);
    }

    /** Closes connections whose agents are gone; to be called every few seconds. */
    public void sweep() {
        sessions.sweep();
    }

    /** All of them, in the order of the contract. */
    public List<Operation> all() {
        String session = AGENT + "sessions/{session}";
        List<Operation> all = new ArrayList<>();
        environments.all().forEach(one -> all.add(guarded(one)));
        all.addAll(
                List.of(
                        open("joinFleet", "POST", AGENT + "join", this::join),
                        open("fetchCode", "GET", AGENT + "code", files::code),
                        open("fetchInput", "GET", AGENT + "inputs/{input}", files::input),
                        open("shipLog", "PATCH", AGENT + "logs", (Operation.Routine) files::ship),
                        open(
                                "saySegmentsRemoved",
                                "POST",
                                AGENT + "segments-removed",
                                (Operation.Routine) this::segmentsRemoved),
                        open("agentSocket", "GET", AGENT + "link", this::socket),
                        open("openAgentSession", "POST", AGENT + "sessions", this::session),
                        open("closeAgentSession", "DELETE", session, this::close),
                        open("askAsAgent", "GET", session + "/messages", this::ask),
                        open("sayAsAgent", "POST", session + "/messages", this::say)
                                .withBodyMax(Protocol.MESSAGE_MAX + 1)));
        return all;
    }

    /** Open to all as far as users' tokens go; nothing is read of who has no token of a job. */
    private Operation open(String id, String method, String path, Operation.Work work) {
        return guarded(new Operation(id, method, path, Role.NONE, work));
    }

    private Operation guarded(Operation one) {
        return one.guardedBy(said -> job(AgentRequests.token(said)));
    }

    private Answer segmentsRemoved(Request request) {
        request.allowOnly(Set.of());
        Admission admission = entrance.segmentsRemoved(AgentRequests.token(request));
        if (admission instanceof Admission.Heard) {
            return new Answer.Empty(204);
        }
        throw AgentRequests.refusal(admission);
    }

    private Answer join(Request request) {
        request.allowOnly(Set.of(AgentRequests.AGENT));
        Admission admission =
                entrance.join(AgentRequests.token(request), AgentRequests.instance(request));
        if (admission instanceof Admission.Joined(byte[] configuration)) {
            return new Answer.Text(
                    200, "application/json", new String(configuration, StandardCharsets.US_ASCII));
        }
        throw AgentRequests.refusal(admission);
    }

    private Connection connect(Request request, Outbox outbox) {
        request.allowOnly(Set.of(AgentRequests.AGENT));
        int agent = AgentRequests.agent(request);
        Admission admission = entrance.connect(AgentRequests.token(request), agent, outbox);
        if (admission instanceof Admission.Connected(Connection connection)) {
            return connection;
        }
        throw AgentRequests.refusal(admission);
    }

    private Answer socket(Request request) {
        if (!"websocket".equalsIgnoreCase(request.header("upgrade").orElse(""))) {
            throw Problem.of(426, "UPGRADE_REQUIRED", "Upgrade: missing (expected: websocket)")
                    .with("Upgrade", "websocket");
        }
        Outbox outbox = new Outbox();
        Connection connection = connect(request, outbox);
        String token = AgentRequests.token(request);
        return new Answer.Socket(
                socket -> start(socket, connection, outbox, token), connection::close);
    }

    private void start(ServerWebSocket socket, Connection connection, Outbox outbox, String token) {
        try {
            TokenRenewal renewal = new TokenRenewal(entrance, token);
            ReadAhead read = new ReadAhead(room);
            new AgentSocket(socket, connection, read, outbox, renewal, clock).start(threads);
        } catch (RejectedExecutionException _) {
            connection.close();
            socket.close();
        }
    }

    private Answer session(Request request) {
        Outbox outbox = new Outbox();
        Connection connection = connect(request, outbox);
        String token = AgentRequests.token(request);
        PollSession session =
                new PollSession(
                        job(token),
                        connection,
                        outbox,
                        new TokenRenewal(entrance, token),
                        clock.instant());
        return new Answer.Text(201, "text/plain", sessions.add(session) + "\n");
    }

    /** Sessions are found by the job of a token, because tokens are renewed. */
    private String job(String token) {
        return entrance.job(token).orElseThrow(AgentRequests::unknown);
    }

    private PollSession find(Request request) {
        request.allowOnly(Set.of());
        return sessions.find(request.path("session"), job(AgentRequests.token(request)));
    }

    private Answer close(Request request) {
        PollSession _ = find(request);
        sessions.close(request.path("session"));
        return new Answer.Empty(204);
    }

    private Answer ask(Request request) {
        PollSession session = find(request);
        return later(() -> session.ask(clock.instant()));
    }

    private Answer say(Request request) {
        PollSession session = find(request);
        byte[] body = request.body();
        return later(() -> {
            session.say(body, room);
            return new Answer.Empty(204);
        });
    }

    /** Something that may wait. */
    private interface Waiting {
        Answer answer() throws InterruptedException;
    }

    private Answer later(Waiting work) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                answer.complete(work.answer());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                answer.completeExceptionally(e);
            } catch (RuntimeException e) {
                answer.completeExceptionally(new CompletionException(e));
            }
        });
        return new Answer.Later(answer);
    }
}
