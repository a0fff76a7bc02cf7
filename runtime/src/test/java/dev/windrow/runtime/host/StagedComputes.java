package dev.windrow.runtime.host;

import dev.windrow.engine.compute.Compute;
import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.compute.FleetSnapshot;
import dev.windrow.engine.job.FleetStage;
import dev.windrow.runtime.compute.ComputeProvider;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.compute.JobDraft;
import dev.windrow.runtime.compute.Launch;
import dev.windrow.runtime.compute.OpenCompute;
import dev.windrow.runtime.compute.PlanNames;
import dev.windrow.runtime.compute.PreparedJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Computes whose fleets are as far as a file of the home says: a stage in the first line, and what
 * is waited for in the second. Their only instance has the number 0.
 */
public final class StagedComputes implements ComputeProvider {

    /** Has all fleets of a home be so far. */
    static void stage(Path home, FleetStage stage, String waits) throws IOException {
        Path fresh = Files.writeString(home.resolve("stage.new"), stage + "\n" + waits + "\n");
        Files.move(
                fresh,
                home.resolve("stage"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String kind() {
        return "local";
    }

    @Override
    public PreparedJob prepare(JobDraft draft) {
        return new Staged(draft);
    }

    private record Staged(JobDraft draft) implements PreparedJob {
        @Override
        public String inputText(String name) {
            return name;
        }

        @Override
        public String outputText(String name) {
            return name;
        }

        @Override
        public Map<String, String> outputs(String fileName) {
            return Map.of();
        }

        @Override
        public Optional<String> partialOutput(String fileName) {
            return Optional.empty();
        }

        @Override
        public void checkVacant(String fileName) {}

        @Override
        public PlanNames names(byte[] payload) {
            return (_, _) -> List.of();
        }

        @Override
        public InstanceSize instanceSize(int instances) {
            return new InstanceSize(1, 0);
        }

        @Override
        public Compute compute(Launch launch, EngineDoor door) {
            return new Fleet(draft.home());
        }
    }

    private static final class Fleet implements OpenCompute {
        private final Path home;
        private volatile Set<Integer> alive = Set.of();

        Fleet(Path home) {
            this.home = home;
        }

        @Override
        public void scaleTo(String fleet, ComputeRequest request) {
            alive = Set.of(0);
        }

        @Override
        public FleetSnapshot observe(String fleet) {
            try {
                List<String> said = Files.readAllLines(home.resolve("stage"));
                FleetStage stage = FleetStage.valueOf(said.getFirst());
                return new FleetSnapshot(alive, Set.of(), Set.of(), stage, said.getLast());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void release(String fleet) {}

        @Override
        public void leave(String fleet) {}

        @Override
        public Optional<byte[]> join() {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> configuration(int agent) {
            return agent == 0 ? Optional.of(new byte[] {42}) : Optional.empty();
        }
    }
}
