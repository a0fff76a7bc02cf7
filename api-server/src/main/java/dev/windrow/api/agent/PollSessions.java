package dev.windrow.api.agent;

import dev.windrow.api.http.Problem;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Connections that are made of single requests, as long as somebody asks on them. */
final class PollSessions {

    private static final int MOST = 10_000;
    private static final int ID_BYTES = 18;

    private final Map<String, PollSession> open = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;

    PollSessions(InstantSource clock) {
        this.clock = clock;
    }

    /** Keeps a session and returns its name. */
    String add(PollSession session) {
        if (open.size() >= MOST) {
            session.close();
            throw Problem.of(503, "TOO_BUSY", "too many sessions at one time; try again")
                    .with("Retry-After", "1");
        }
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        open.put(id, session);
        return id;
    }

    /**
     * A session of a job.
     *
     * @param job whose token asks for it
     */
    PollSession find(String id, String job) {
        PollSession session = open.get(id);
        if (session == null || !session.isOf(job)) {
            throw Problem.of(404, "SESSION_NOT_FOUND", "session: not open (expected: a new one)");
        }
        return session;
    }

    void close(String id) {
        PollSession session = open.remove(id);
        if (session != null) {
            session.close();
        }
    }

    /** Closes those whose agents are gone; to be called every few seconds. */
    void sweep() {
        open.forEach((id, session) -> {
            if (session.over(clock.instant())) {
                close(id);
            }
        });
    }
}
