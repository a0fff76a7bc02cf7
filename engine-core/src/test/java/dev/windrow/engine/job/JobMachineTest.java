package dev.windrow.engine.job;

import static dev.windrow.engine.job.JobEffect.ABORT_WORKERS;
import static dev.windrow.engine.job.JobEffect.END_WORKERS;
import static dev.windrow.engine.job.JobEffect.NOTHING;
import static dev.windrow.engine.job.JobEffect.PUBLISH;
import static dev.windrow.engine.job.JobEffect.RELEASE_FLEET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobEvent.AgentHeard;
import dev.windrow.engine.job.JobEvent.AgentsFellSilent;
import dev.windrow.engine.job.JobEvent.AllEnded;
import dev.windrow.engine.job.JobEvent.Broke;
import dev.windrow.engine.job.JobEvent.CancelRequested;
import dev.windrow.engine.job.JobEvent.FleetSeen;
import dev.windrow.engine.job.JobEvent.OutputPublished;
import dev.windrow.engine.job.JobEvent.WorkBegun;
import dev.windrow.engine.job.JobEvent.WorkersEnded;
import dev.windrow.engine.job.JobMachine.Step;
import dev.windrow.engine.job.JobState.Ended;
import dev.windrow.engine.job.JobState.Preparing;
import dev.windrow.engine.job.JobState.Provisioning;
import dev.windrow.engine.job.JobState.Publishing;
import dev.windrow.engine.job.JobState.Queued;
import dev.windrow.engine.job.JobState.Running;
import dev.windrow.engine.job.JobState.Silent;
import dev.windrow.engine.job.JobState.Starting;
import dev.windrow.engine.job.JobState.Stopping;
import dev.windrow.engine.job.JobVerdict.Cancel;
import dev.windrow.engine.job.JobVerdict.Failure;
import dev.windrow.engine.job.JobVerdict.Success;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class JobMachineTest {

    private static final JobReason WHY = new JobReason(ErrorCode.NO_PROGRESS, "nothing ended");
    private static final JobReason ASKED = new JobReason(ErrorCode.CANCELED, "canceled by user");
    private static final JobVerdict SUCCESS = new Success();
    private static final JobVerdict FAILURE = new Failure(WHY);
    private static final JobVerdict CANCEL = new Cancel(ASKED);
    private static final List<JobEvent> EVENTS =
            List.of(
                    new FleetSeen(FleetStage.PROVISIONING),
                    new FleetSeen(FleetStage.PREPARING),
                    new FleetSeen(FleetStage.QUEUED),
                    new WorkBegun(),
                    new AgentsFellSilent(),
                    new AgentHeard(),
                    new AllEnded(),
                    new Broke(WHY),
                    new CancelRequested(ASKED),
                    new WorkersEnded(),
                    new OutputPublished());
    private static final List<JobState> ACTIVE =
            List.of(
                    new Starting(),
                    new Provisioning(),
                    new Preparing(),
                    new Queued(),
                    new Running(),
                    new Silent());
    private static final List<JobState> STATES = states();

    private static List<JobState> states() {
        List<JobState> all = new ArrayList<>(ACTIVE);
        for (JobVerdict verdict : List.of(SUCCESS, FAILURE, CANCEL)) {
            all.add(new Stopping(verdict));
            all.add(new Publishing(verdict));
            all.add(new Ended(verdict));
        }
        return List.copyOf(all);
    }

    record Cell(JobState state, JobEvent event) {}

    record Row(Cell cell, Step step) {
        @Override
        public String toString() {
            return cell.state() + " on " + cell.event();
        }
    }

    /** Everything that moves; what is not named here stays as it is. */
    private static Map<Cell, Step> moves() {
        Map<Cell, Step> moves = new HashMap<>();
        for (JobState state : ACTIVE) {
            put(moves, state, new AllEnded(), new Stopping(SUCCESS), END_WORKERS);
            put(moves, state, new Broke(WHY), new Stopping(FAILURE), ABORT_WORKERS);
            put(moves, state, new CancelRequested(ASKED), new Stopping(CANCEL), ABORT_WORKERS);
        }
        for (JobState state : ACTIVE.subList(0, 4)) {
            put(moves, state, new WorkBegun(), new Running(), NOTHING);
        }
        JobEvent made = new FleetSeen(FleetStage.QUEUED);
        put(
                moves,
                new Starting(),
                new FleetSeen(FleetStage.PROVISIONING),
                new Provisioning(),
                NOTHING);
        put(moves, new Starting(), new FleetSeen(FleetStage.PREPARING), new Preparing(), NOTHING);
        put(
                moves,
                new Provisioning(),
                new FleetSeen(FleetStage.PREPARING),
                new Preparing(),
                NOTHING);
        put(moves, new Starting(), made, new Queued(), NOTHING);
        put(moves, new Provisioning(), made, new Queued(), NOTHING);
        put(moves, new Preparing(), made, new Queued(), NOTHING);
        put(moves, new Running(), new AgentsFellSilent(), new Silent(), NOTHING);
        put(moves, new Silent(), new AgentHeard(), new Running(), NOTHING);
        put(moves, new Stopping(SUCCESS), new Broke(WHY), new Stopping(FAILURE), ABORT_WORKERS);
        put(moves, new Publishing(SUCCESS), new Broke(WHY), new Ended(FAILURE), RELEASE_FLEET);
        put(moves, new Publishing(FAILURE), new Broke(WHY), new Ended(FAILURE), RELEASE_FLEET);
        put(moves, new Publishing(CANCEL), new Broke(WHY), new Ended(CANCEL), RELEASE_FLEET);
        for (JobVerdict verdict : List.of(SUCCESS, FAILURE, CANCEL)) {
            put(moves, new Stopping(verdict), new WorkersEnded(), new Publishing(verdict), PUBLISH);
            put(
                    moves,
                    new Publishing(verdict),
                    new OutputPublished(),
                    new Ended(verdict),
                    RELEASE_FLEET);
        }
        return moves;
    }

    private static void put(
            Map<Cell, Step> moves, JobState from, JobEvent event, JobState to, JobEffect effect) {
        moves.put(new Cell(from, event), new Step(to, effect));
    }

    static List<Row> table() {
        Map<Cell, Step> moves = moves();
        List<Row> rows = new ArrayList<>();
        for (JobState state : STATES) {
            for (JobEvent event : EVENTS) {
                Cell cell = new Cell(state, event);
                rows.add(new Row(cell, moves.getOrDefault(cell, new Step(state, NOTHING))));
            }
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("table")
    void makesTheStepOfItsTable(Row row) {
        assertThat(JobMachine.on(row.cell().state(), row.cell().event())).isEqualTo(row.step());
    }

    @Test
    void changesNothingWhenAnEventIsRepeated() {
        for (Row row : table()) {
            JobState once = row.step().state();
            boolean toggles = row.cell().event() instanceof Broke && once instanceof Ended;
            if (!toggles) {
                assertThat(JobMachine.on(once, row.cell().event()).effect())
                        .as(row.toString())
                        .isEqualTo(NOTHING);
            }
        }
    }

    @Test
    void neverGoesBackOnAnyWalkButFromSilence() {
        for (int seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            JobState state = new Starting();
            for (int i = 0; i < 60; i++) {
                JobState next =
                        JobMachine.on(state, EVENTS.get(random.nextInt(EVENTS.size()))).state();
                boolean wakes = state instanceof Silent && next instanceof Running;
                if (!wakes) {
                    assertThat(rank(next)).as("seed %d", seed).isGreaterThanOrEqualTo(rank(state));
                }
                state = next;
            }
        }
    }

    private static int rank(JobState state) {
        return switch (state) {
            case Starting _ -> 0;
            case Provisioning _ -> 1;
            case Preparing _ -> 2;
            case Queued _ -> 3;
            case Running _ -> 4;
            case Silent _ -> 5;
            case Stopping _ -> 6;
            case Publishing _ -> 7;
            case Ended _ -> 8;
        };
    }

    @Test
    void givesEachStateTheStatusThatAUserKnows() {
        assertThat(new Starting().status().text()).isEqualTo("Starting");
        assertThat(new Provisioning().status().text()).isEqualTo("Provisioning");
        assertThat(new Preparing().status().text()).isEqualTo("Preparing");
        assertThat(new Queued().status().text()).isEqualTo("Queued");
        assertThat(new Running().status().text()).isEqualTo("Running");
        assertThat(new Silent().status().text()).isEqualTo("NotResponding");
        assertThat(new Stopping(SUCCESS).status().text()).isEqualTo("Finalizing");
        assertThat(new Publishing(FAILURE).status().text()).isEqualTo("Finalizing");
        assertThat(new Stopping(CANCEL).status().text()).isEqualTo("CancelRequested");
        assertThat(new Ended(SUCCESS).status().text()).isEqualTo("Completed");
        assertThat(new Ended(FAILURE).status().text()).isEqualTo("Failed");
        assertThat(new Ended(CANCEL).status().text()).isEqualTo("Canceled");
    }
}
