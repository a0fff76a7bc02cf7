package dev.windrow.testing.sim;

import dev.windrow.engine.job.JobStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts how often each kind of fault struck in each phase. */
public final class Coverage {

    private static final List<Phase> PHASES = List.of(Phase.PLAN, Phase.PROCESS, Phase.FINALIZE);

    private final Map<FaultKind, Map<Phase, Integer>> struck = new EnumMap<>(FaultKind.class);

    private final Map<JobStatus, Integer> statuses = new EnumMap<>(JobStatus.class);

    void walked(JobStatus status) {
        statuses.merge(status, 1, Integer::sum);
    }

    /** How many jobs took a status, those that took it again counted again. */
    public int count(JobStatus status) {
        return statuses.getOrDefault(status, 0);
    }

    public void struck(FaultKind kind, Phase phase) {
        struck.computeIfAbsent(kind, _ -> new EnumMap<>(Phase.class)).merge(phase, 1, Integer::sum);
    }

    /** Adds what another simulation counted. */
    public void add(Coverage other) {
        other.statuses.forEach((status, count) -> statuses.merge(status, count, Integer::sum));
        other.struck.forEach((kind, row) ->
                row.forEach((phase, count) ->
                        struck.computeIfAbsent(kind, _ -> new EnumMap<>(Phase.class))
                                .merge(phase, count, Integer::sum)));
    }

    public int count(FaultKind kind, Phase phase) {
        return struck.getOrDefault(kind, Map.of()).getOrDefault(phase, 0);
    }

    /** Why a fault cannot occur in a phase; empty when it can. */
    public static String impossible(FaultKind kind, Phase phase) {
        return switch (kind) {
            case PLANNER_LOST -> phase == Phase.PLAN ? "" : "the plan is complete";
            case PUBLISHER_LOST, PUBLISHER_LOST_LATE ->
                    phase == Phase.FINALIZE ? "" : "nothing is published before the end";
            case RUN_RAISES, RUN_RETURNS_NONE, CANNOT_LOAD, RUN_HANGS, SHORT_RETURN ->
                    phase == Phase.FINALIZE ? "no mini-batch runs any more" : "";
            // Some are being started when the last mini-batch ends; that cannot be ordered.
            case INIT_FAILS -> phase == Phase.FINALIZE ? "no worker is started any more" : "";
            case ENGINE_DIES,
                    ENGINE_DIES_BEFORE_COMMIT,
                    ENGINE_DIES_IN_COMMIT,
                    ENGINE_DIES_AFTER_COMMIT,
                    ENGINE_DIES_WHILE_ACTING,
                    ENGINE_SUPERSEDED,
                    LEDGER_FAILS,
                    EVERYTHING_DIES,
                    AGENT_DIES,
                    MACHINE_CRASHES,
                    DECLARED_GONE,
                    FALLS_SILENT,
                    CONNECTION_BREAKS,
                    MESSAGE_VANISHES,
                    MESSAGE_DELAYED,
                    MESSAGE_DOUBLED,
                    OLD_MESSAGE_DOUBLED,
                    WORKER_DIES ->
                    "";
        };
    }

    /** Cells that can occur and were struck less often than this. */
    public List<String> below(int least) {
        List<String> found = new ArrayList<>();
        for (FaultKind kind : FaultKind.values()) {
            for (Phase phase : PHASES) {
                if (impossible(kind, phase).isEmpty() && count(kind, phase) < least) {
                    found.add("%s in %s: %d".formatted(kind, phase, count(kind, phase)));
                }
            }
        }
        return found;
    }

    /** A table for people, and below it why some cells are empty. */
    public String table() {
        StringBuilder text = new StringBuilder();
        StringBuilder reasons = new StringBuilder();
        text.append("%-26s %8s %8s %8s%n".formatted("fault", "plan", "process", "finalize"));
        for (FaultKind kind : FaultKind.values()) {
            text.append("%-26s".formatted(kind));
            for (Phase phase : PHASES) {
                String why = impossible(kind, phase);
                text.append(
                        why.isEmpty()
                                ? " %8d".formatted(count(kind, phase))
                                : " %8s".formatted("-"));
                if (!why.isEmpty()) {
                    reasons.append("  %s in %s: %s%n".formatted(kind, phase, why));
                }
            }
            text.append(System.lineSeparator());
        }
        return text.append("cannot occur:%n".formatted()).append(reasons).toString();
    }
}
