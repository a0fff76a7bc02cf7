package dev.windrow.benchmarks;

import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.schedule.LoopListener;
import dev.windrow.runtime.Assembly;
import dev.windrow.runtime.JobSession;
import dev.windrow.runtime.PreparedRun;
import dev.windrow.runtime.RunRequest;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.spec.JobReader;
import dev.windrow.spec.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * Runs a job as {@code windrow run} does, on the same engine, ledger, agent and workers, with a
 * door of ours between agent and engine: {@code depth-one} measures round trips, {@code zombies}
 * adds results that must not count, {@code plain} adds nothing.
 *
 * <p>Arguments: the mode, the home, the job file, the name of the job, the file for the outcome.
 */
public final class MeasuredRun {

    private final PreparedRun run;
    private final Assembly assembly;
    private final Instant began;

    private MeasuredRun(Path home, Path job, String name, InstantSource clock) throws IOException {
        this.began = ProcessHandle.current().info().startInstant().orElseGet(clock::instant);
        this.assembly = new Assembly(home, clock);
        this.run =
                assembly.prepare(
                        new RunRequest(
                                name,
                                JobReader.read(job, ReadOptions.plain()),
                                Optional.empty(),
                                OptionalInt.empty()));
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 5) {
            throw new IllegalArgumentException(
                    "arguments: %d (expected: MODE HOME JOB NAME OUT)".formatted(args.length));
        }
        MeasuredRun measured =
                new MeasuredRun(
                        Path.of(args[1]), Path.of(args[2]), args[3], InstantSource.system());
        RunDocument document =
                switch (args[0]) {
                    case "plain" -> measured.document(measured.run(UnaryOperator.identity()));
                    case "depth-one" -> measured.depthOne();
                    case "zombies" -> measured.zombies();
                    default ->
                            throw new IllegalArgumentException(
                                    "mode: %s (expected: plain, depth-one or zombies)"
                                            .formatted(args[0]));
                };
        Files.writeString(Path.of(args[4]), document.json());
    }

    private RunDocument depthOne() {
        RoundTrips trips = new RoundTrips();
        JobProgress end = run(door -> new DepthOneDoor(door, trips));
        return document(end)
                .field("most_open", Integer.toString(trips.mostOpen()))
                .field("lease_to_ack_nanos", trips.leaseToAck())
                .field("ack_to_ack_nanos", trips.ackToAck());
    }

    private RunDocument zombies() throws IOException {
        AtomicReference<Optional<ZombieDoor>> made = new AtomicReference<>(Optional.empty());
        try (ZombieRows rows = new ZombieRows(run.folder().segments())) {
            JobProgress end =
                    run(door -> {
                        ZombieDoor zombies = new ZombieDoor(door, rows);
                        made.set(Optional.of(zombies));
                        return zombies;
                    });
            int said = made.get().map(ZombieDoor::said).orElse(0);
            return document(end).field("zombies", Integer.toString(said));
        }
    }

    private JobProgress run(UnaryOperator<EngineDoor> doors) {
        PreparedRun watched =
                new PreparedRun(
                        run.request(),
                        run.code(),
                        run.folder(),
                        new WatchedPlaces(run.places(), doors),
                        run.launch(),
                        run.notices(),
                        run.outputs());
        try (JobSession session = assembly.open(watched)) {
            return session.run(LoopListener.NONE);
        }
    }

    private RunDocument document(JobProgress end) {
        return new RunDocument(run.name(), end, began);
    }
}
