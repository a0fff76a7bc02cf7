package dev.windrow.runtime.host;

import dev.windrow.runtime.JobSession;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.compute.Entrance;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.compute.OpenCompute;
import dev.windrow.runtime.environment.FleetEnvironments;
import dev.windrow.runtime.gateway.EngineSink;
import dev.windrow.runtime.host.JobTokens.Claim;
import dev.windrow.runtime.job.FolderArchive;
import dev.windrow.runtime.ship.AgentTree;
import dev.windrow.runtime.ship.LogBounds;
import dev.windrow.runtime.ship.LogPiece;
import dev.windrow.runtime.ship.ShippedLogs;
import dev.windrow.store.register.JobKey;
import dev.windrow.store.register.Register;
import dev.windrow.store.register.RegisteredJob;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where agents come in from the network, each by a token of its job. Safe for use by several
 * threads; calls block on the disk.
 */
public final class AgentEntrance {

    /** For what agents have still to say when their job has ended; they try for ten seconds. */
    static final Duration LAST_LINES = Duration.ofMinutes(2);

    private final JobTokens tokens;
    private final Register register;
    private final Function<JobKey, Optional<JobSession>> sessions;
    private final Function<JobKey, JobFolder> folders;
    private final Supplier<URI> url;
    private final InstantSource clock;
    private final ShippedLogs logs = new ShippedLogs(LogBounds.USUAL);
    private volatile Consumer<RegisteredJob> whenRemoved = _ -> {};

    /** What becomes of an agent that comes. */
    public sealed interface Admission {

        /** It is in, as soon as it says hello. */
        record Connected(EngineDoor.Connection connection) implements Admission {}

        /** All that an agent has to be told. */
        record Joined(byte[] configuration) implements Admission {}

        /** The job's code, or an input, as one file. */
        record Archive(FolderArchive archive) implements Admission {}

        /** The job has no such input, or its agents see it. */
        record NoInput() implements Admission {}

        /** What the job's agents make for each other. */
        record Shared(FleetEnvironments environments) implements Admission {}

        /** A piece of a log was looked at; its file has this size now. */
        record Shipped(long size) implements Admission {}

        /** What it said was heard. */
        record Heard() implements Admission {}

        /** No instance of the job has this number. */
        record NoMember() implements Admission {}

        /** The job goes on without this instance, which had better end. */
        record NotNeeded() implements Admission {}

        /** The job waits, or is just being taken up: come again soon. */
        record NotYet() implements Admission {}

        /** The job has ended, or is not there any more: there is nothing left to do. */
        record Gone() implements Admission {}

        /** The token is not one of this server's, or its time is over. */
        record Unknown() implements Admission {}
    }

    /**
     * @param sessions of the jobs that run here
     * @param folders of jobs, whether they run or not
     * @param url of this server, as seen from this machine
     */
    AgentEntrance(
            JobTokens tokens,
            Register register,
            Function<JobKey, Optional<JobSession>> sessions,
            Function<JobKey, JobFolder> folders,
            Supplier<URI> url,
            InstantSource clock) {
        this.tokens = tokens;
        this.register = register;
        this.sessions = sessions;
        this.folders = folders;
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

    /**
     * Tells an agent all it has to be told.
     *
     * @param instance which instance of the fleet it is; empty when somebody else has started it,
     *     which makes it an instance of its own
     */
    public Admission join(String token, OptionalInt instance) {
        return admit(
                token,
                session ->
                        session.fleet()
                                .flatMap(fleet ->
                                        instance.isPresent()
                                                ? configuration(fleet, instance.getAsInt())
                                                : fleet.join().map(Admission.Joined::new)));
    }

    /** Empty while it has to come again. */
    static Optional<Admission> configuration(OpenCompute fleet, int instance) {
        if (!fleet.knowsItsInstances() || !fleet.isAsked()) {
            return Optional.empty();
        }
        return Optional.of(
                fleet.configuration(instance)
                        .<Admission>map(Admission.Joined::new)
                        .orElseGet(Admission.NotNeeded::new));
    }

    /** The code of the token's job. */
    public Admission code(String token) {
        return admit(token, session -> session.code().map(Admission.Archive::new));
    }

    /**
     * An input of the token's job, if its compute hands it out.
     *
     * @param name of the input
     */
    public Admission input(String token, String name) {
        return admit(
                token,
                session ->
                        session.door()
                                .map(_ ->
                                        session.input(name)
                                                .<Admission>map(Admission.Archive::new)
                                                .orElseGet(Admission.NoInput::new)));
    }

    /** Environments of the token's job. */
    public Admission environments(String token) {
        return admit(token, session -> session.environments().map(Admission.Shared::new));
    }

    /**
     * Takes a piece of an agent's log, also while the job waits, and for two minutes after its end.
     *
     * @param agent number of its instance
     * @throws dev.windrow.runtime.ship.LogRefusal when the piece breaks a rule
     */
    public Admission ship(String token, int agent, LogPiece piece) {
        Instant now = clock.instant();
        Optional<Claim> claim = tokens.read(token, now);
        if (claim.isEmpty()) {
            return new Admission.Unknown();
        }
        JobKey key = claim.get().job();
        boolean there =
                register.find(key)
                        .filter(one -> isOf(one, claim.get()))
                        .filter(one -> takesLogs(one, now))
                        .isPresent();
        if (!there) {
            return new Admission.Gone();
        }
        AgentTree tree = new AgentTree(folders.apply(key).logs(), claim.get().submittedAt(), agent);
        return tree.isMembers()
                ? new Admission.Shipped(logs.take(tree, piece))
                : new Admission.NoMember();
    }

    /**
     * An agent has removed the segments of its completed job, so that nobody else has to. A repeat
     * is harmless.
     */
    public Admission segmentsRemoved(String token) {
        Optional<Claim> claim = tokens.read(token, clock.instant());
        if (claim.isEmpty()) {
            return new Admission.Unknown();
        }
        Optional<RegisteredJob> job =
                register.find(claim.get().job()).filter(one -> isOf(one, claim.get()));
        job.ifPresent(whenRemoved);
        return job.isPresent() ? new Admission.Heard() : new Admission.Gone();
    }

    /** From now on this hears of jobs whose segments agents have removed. */
    void whenRemoved(Consumer<RegisteredJob> taker) {
        whenRemoved = taker;
    }

    private static boolean takesLogs(RegisteredJob job, Instant now) {
        return job.endedAt().map(end -> now.isBefore(end.plus(LAST_LINES))).orElse(true);
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
        return new Entrance(url.get(), () -> token(key, submittedAt), key.id(), submittedAt);
    }
}
