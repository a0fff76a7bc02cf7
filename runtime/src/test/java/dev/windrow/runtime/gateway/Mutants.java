package dev.windrow.runtime.gateway;

import dev.windrow.engine.schedule.AgentPort;
import dev.windrow.engine.schedule.AttemptReport;
import dev.windrow.engine.schedule.FleetEvent;
import dev.windrow.engine.schedule.JobPolicy;
import dev.windrow.engine.tally.Thresholds;
import dev.windrow.testing.sim.Mutation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bugs planted around the engine, each as a wrong line inside it would behave. */
final class Mutants {

    private Mutants() {}

    /** A report is acknowledged as soon as it comes, and made durable afterwards. */
    static final class AcknowledgesTooEarly implements Mutation {

        private final Map<Integer, AgentPort> ports = new HashMap<>();

        @Override
        public FleetEvent heard(FleetEvent right) {
            if (right instanceof FleetEvent.AgentAttached attached) {
                ports.put(attached.agent(), attached.port());
            }
            if (right instanceof FleetEvent.AttemptsEnded(int agent, List<AttemptReport> reports)) {
                AgentPort port = ports.get(agent);
                if (port != null) {
                    port.settled(
                            reports.stream()
                                    .map(r -> new AgentPort.Settled(r.index(), r.facts().token()))
                                    .toList());
                }
            }
            return right;
        }
    }

    /** One retry more than the user allows. */
    static final class RetriesOnceTooOften implements Mutation {
        @Override
        public JobPolicy policy(JobPolicy right) {
            return with(right, right.thresholds(), right.maxRetries() + 1);
        }
    }

    /** One retry fewer than the user allows. */
    static final class RetriesOnceTooSeldom implements Mutation {
        @Override
        public JobPolicy policy(JobPolicy right) {
            return with(right, right.thresholds(), Math.max(0, right.maxRetries() - 1));
        }
    }

    /** A limit that is reached counts as exceeded: at least n is more than n - 1. */
    static final class StopsAtTheLimit implements Mutation {
        @Override
        public JobPolicy policy(JobPolicy right) {
            Thresholds limits = right.thresholds();
            Thresholds lower =
                    new Thresholds(
                            lower(limits.items()), lower(limits.miniBatches()), limits.percent());
            return with(right, lower, right.maxRetries());
        }

        private static long lower(long limit) {
            return limit > 0 ? limit - 1 : limit;
        }
    }

    private static JobPolicy with(JobPolicy right, Thresholds thresholds, int maxRetries) {
        return new JobPolicy(
                thresholds,
                maxRetries,
                right.runTimeout(),
                right.progressTimeout(),
                right.firstMiniBatchTimeout(),
                right.instances(),
                right.workersPerInstance(),
                right.appends());
    }
}
