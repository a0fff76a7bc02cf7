package dev.windrow.runtime.host;

import dev.windrow.runtime.JobSession;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.compute.Entrance;
import dev.windrow.runtime.gateway.EngineSink;
import dev.windrow.runtime.host.JobTokens.Claim;
import dev.windrow.store.register.JobKey;
import dev.windrow.store.register.Register;
import dev.windrow.store.register.RegisteredJob;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where agents come in from the network, each by a token of its job. Safe for use by several
 * threads; calls block on the disk.
 */
public final class AgentEntrance {

    private final JobTokens tokens;
    private final Register register;
    private final Function<JobKey, Optional<JobSession>> sessions;
    private final Supplier<URI> url;
    private final InstantSource clock;

    /** What becomes of an agent that comes. */
    public sealed interface Admission {

        /** It is in, as soon as it says hello. */
        record Connected(EngineDoor.Connection connection) implements Admission {}

        /** All that an agent has to be told that somebody else has started. */
        record Joined(byte[] configuration) implements Admission {}

        /** The job waits, or is just being taken up: come again soon. */
        record NotYet() implements Admission {}

        /** The job has ended, or is not there any more: there is nothing left to do. */
        record Gone() implements Admission {}

        /** The token is not one of this server's, or its time is over. */
        record Unknown() implements Admission {}
    }

    /**
     * @param sessions of the jobs that run here
     * @param url of this server, as seen from this machine
     */
    AgentEntrance(
            JobTokens tokens,
            Register register,
            Function<JobKey, Optional<JobSession>> sessions,
            Supplier<URI> url,
            InstantSource clock) {
        this.tokens = tokens;
        this.register = register;
        this.sessions = sessions;
        this.url = url;
        this.clock = clock;
    }

    /**
     * Connects an agent.
     *
     * @param agent number of its instance
     * @param sink carries what the engine says to it
     */
    public Admission connect(String token, int agent, EngineSink sink) {
        return admit(
                token,
                session ->
                        session.door()
                                .<Admission>map(door ->
                                        new Admission.Connected(door.connect(agent, sink))));
    }

    /** Takes an agent into the fleet that somebody else has started. */
    public Admission join(String token) {
        return admit(token, session -> session.join().map(Admission.Joined::new));
    }

    private Admission admit(String token, Function<JobSession, Optional<Admission>> way) {
        Optional<Claim> claim = tokens.read(token, clock.instant());
        if (claim.isEmpty()) {
            return new Admission.Unknown();
        }
        Optional<RegisteredJob> job =
                register.find(claim.get().job())
                        .filter(one -> isOf(one, claim.get()) && one.endedAt().isEmpty());
        return job.isEmpty()
                ? new Admission.Gone()
                : sessions.apply(claim.get().job()).flatMap(way).orElseGet(Admission.NotYet::new);
    }

    private static boolean isOf(RegisteredJob job, Claim claim) {
        return job.submittedAt().toEpochMilli() == claim.submittedAt().toEpochMilli();
    }

    /** The id of the job that a good token is for; empty when it is not good. */
    public Optional<String> job(String token) {
        return tokens.read(token, clock.instant()).map(claim -> claim.job().id());
    }

    /**
     * A fresh token in place of one that is good; empty when it is not.
     *
     * @param token of a job
     */
    public Optional<String> renewed(String token) {
        return tokens.read(token, clock.instant())
                .map(claim -> tokens.make(claim.job(), claim.submittedAt(), clock.instant()));
    }

    /** A token of a job that is there. */
    String token(JobKey key, Instant submittedAt) {
        return tokens.make(key, submittedAt, clock.instant());
    }

    /** Where the agents of a job come in that this server starts. */
    Entrance of(JobKey key, Instant submittedAt) {
        return new Entrance(url.get(), () -> token(key, submittedAt));
    }
}
