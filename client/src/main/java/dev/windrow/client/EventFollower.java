package dev.windrow.client;

import dev.windrow.client.JobListener.NoteEvent;
import dev.windrow.client.JobListener.ProgressEvent;
import dev.windrow.client.JobListener.StatusEvent;
import dev.windrow.client.LogsTold.LogPiece;
import dev.windrow.client.ServerEvents.Event;
import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Follows one job to its end over as many connections as that takes; for one thread. */
final class EventFollower {
    private static final String EVENT_STREAM = "text/event-stream";

    private final Transport transport;
    private final Call call;
    private final JobListener listener;
    private final LogsTold told = new LogsTold();
    private String lastId = "";
    private boolean begun;
    private boolean lost;

    EventFollower(Transport transport, Call call, JobListener listener) {
        this.transport = transport;
        this.call = listener.wantsLogs() ? call.query("logs", "true") : call;
        this.listener = listener;
    }

    /** Tells the listener all that happens; gives the job as it ended. */
    JobSnapshot follow() {
        return transport.persist(transport.reconnects(), this::attempt);
    }

    private JobSnapshot attempt(Attempts.Count count) throws IOException {
        try {
            return connection(count);
        } catch (IOException e) {
            if (begun && !lost) {
                lost = true;
                listener.disconnected();
            }
            throw e;
        }
    }

    private void connected() {
        begun = true;
        if (lost) {
            lost = false;
            listener.reconnected();
        }
    }

    private JobSnapshot connection(Attempts.Count count) throws IOException {
        Call next = lastId.isEmpty() ? call : call.header("Last-Event-ID", lastId);
        HttpResponse<ByteFlow> response = transport.open(next, EVENT_STREAM);
        try (ByteFlow body = response.body()) {
            Transport.expectType(response, EVENT_STREAM);
            ServerEvents events = new ServerEvents(body, count::alive);
            while (true) {
                Event event =
                        events.next()
                                .orElseThrow(() -> new EOFException("ended before the job did"));
                connected();
                count.progress();
                Optional<JobSnapshot> end = tell(event);
                if (end.isPresent()) {
                    return end.get();
                }
                if (event.id().matches("[0-9]{1,18}(-[0-9]{1,18})?")) {
                    lastId = event.id();
                }
            }
        }
    }

    private Optional<JobSnapshot> tell(Event event) {
        switch (event.name()) {
            case "status" -> listener.status(read(event, StatusEvent.class));
            case "note" -> listener.note(read(event, NoteEvent.class));
            case "progress" -> listener.progress(read(event, ProgressEvent.class));
            case "log" -> told.fresh(read(event, LogPiece.class)).ifPresent(listener::log);
            case "end" -> {
                JobSnapshot job = read(event, JobSnapshot.class);
                listener.end(job);
                return Optional.of(job);
            }
            default -> {}
        }
        return Optional.empty();
    }

    private static <T> T read(Event event, Class<T> type) {
        try {
            T document = Json.read(event.data(), type);
            if (document == null) {
                throw ServerException.badAnswer("event: null (expected: an object)");
            }
            return document;
        } catch (JacksonException e) {
            throw Transport.unreadable(e);
        }
    }
}
