package dev.windrow.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.host.Admission.Decision;
import dev.windrow.store.register.JobDemand;
import dev.windrow.store.register.JobKey;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AdmissionTest {

    private static Quota quota(int jobs, int instances, int gpus) {
        return new Quota(bound(jobs), bound(instances), bound(gpus));
    }

    private static OptionalInt bound(int most) {
        return most < 0 ? OptionalInt.empty() : OptionalInt.of(most);
    }

    private static Need job(String user, String name, int instances, int gpus) {
        return new Need(new JobKey("default", name), user, "local", new JobDemand(instances, gpus));
    }

    private static Admission admission(int running, Quota.All quotas) {
        return new Admission(new HostLimits(running, 100).withQuotas(quotas));
    }

    private static List<String> started(Decision decision) {
        return decision.start().stream().map(need -> need.key().name()).toList();
    }

    private static String why(Decision decision, String name) {
        return String.valueOf(decision.waits().get(new JobKey("default", name)));
    }

    @Test
    void othersOvertakeAUserAtTheLimitButNobodyOvertakesTheirOwn() {
        Admission admission = admission(10, new Quota.All(Map.of("*", quota(-1, 3, -1)), Map.of()));
        Decision decision =
                admission.decide(
                        List.of(job("ada", "a1", 2, 0)),
                        List.of(
                                job("ada", "a2", 2, 0),
                                job("ada", "a3", 1, 0),
                                job("bob", "b1", 3, 0),
                                job("bob", "b2", 1, 0)));
        assertThat(started(decision)).containsExactly("b1");
        assertThat(why(decision, "a2"))
                .isEqualTo(
                        "waits for the limit of user ada: 3 instances at one time, 2 in use by a1"
                                + " (2); it needs 2");
        assertThat(why(decision, "a3")).isEqualTo("waits behind a2, which " + why(decision, "a2"));
        assertThat(why(decision, "b2")).contains("user bob: 3 instances", "b1 (3)");
    }

    @Test
    void oneOfAThingIsSaidAsOne() {
        Admission admission = admission(1, new Quota.All(Map.of("*", quota(1, -1, -1)), Map.of()));
        Decision decision =
                admission.decide(
                        List.of(job("ada", "a1", 1, 0)),
                        List.of(job("ada", "a2", 1, 0), job("bob", "b1", 1, 0)));
        assertThat(why(decision, "a2"))
                .isEqualTo(
                        "waits for the limit of user ada: 1 job at one time, 1 in use by a1 (1); it"
                                + " needs 1");
        assertThat(why(decision, "b1"))
                .isEqualTo("waits for the one job to end that may run at a time");
    }

    @Test
    void aFullComputeIsLeftToTheJobThatCameFirst() {
        Admission admission =
                admission(10, new Quota.All(Map.of(), Map.of("local", quota(-1, -1, 4))));
        Decision decision =
                admission.decide(
                        List.of(job("ada", "a1", 1, 2)),
                        List.of(
                                job("bob", "large", 1, 4),
                                job("cyd", "small", 1, 1),
                                job("cyd", "none", 1, 0)));
        assertThat(started(decision)).isEmpty();
        assertThat(why(decision, "large"))
                .isEqualTo(
                        "waits for the limit of compute local: 4 GPUs at one time, 2 in use by ada"
                                + " (2); it needs 4");
        assertThat(why(decision, "small")).startsWith("waits behind large, which waits for");
    }

    @Test
    void aUsersOwnQuotaGoesBeforeThatOfAll() {
        Quota.All quotas =
                new Quota.All(Map.of("*", quota(1, 2, -1), "ada", quota(2, -1, -1)), Map.of());
        Admission admission = admission(10, quotas);
        assertThat(
                        started(
                                admission.decide(
                                        List.of(),
                                        List.of(
                                                job("ada", "a1", 1, 0),
                                                job("ada", "a2", 1, 0),
                                                job("bob", "b1", 1, 0),
                                                job("bob", "b2", 1, 0)))))
                .containsExactly("a1", "a2", "b1");
        assertThat(admission.never(job("ada", "a3", 3, 0)).orElseThrow().rule())
                .isEqualTo("at most 2, the limit of user ada");
    }

    @Test
    void noMoreRunThanTheServerTakesOn() {
        Decision decision =
                admission(2, Quota.All.NONE)
                        .decide(
                                List.of(job("a", "a1", 1, 0)),
                                List.of(job("b", "b1", 1, 0), job("c", "c1", 1, 0)));
        assertThat(started(decision)).containsExactly("b1");
        assertThat(why(decision, "c1")).contains("one of the 2 jobs to end");
    }

    @Test
    void anEmptyQuotaLetsNothingRun() {
        Admission admission =
                admission(2, new Quota.All(Map.of("eve", quota(0, -1, -1)), Map.of()));
        assertThat(admission.never(job("eve", "e", 1, 0)).orElseThrow().rule())
                .isEqualTo("at most 0, the limit of user eve");
        assertThat(admission.never(job("ada", "a", 1, 0))).isEmpty();
    }

    /** Whatever comes and ends: no limit is broken, and no user's order. */
    @Test
    void keepsEveryLimitOnRandomWalks() {
        Quota.All quotas =
                new Quota.All(Map.of("*", quota(3, 6, 4)), Map.of("local", quota(5, 9, 6)));
        Admission admission = admission(6, quotas);
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Map<Integer, Need> running = new TreeMap<>();
            Map<Integer, Need> waiting = new TreeMap<>();
            int next = 0;
            for (int step = 0; step < 200; step++) {
                if (random.nextBoolean()) {
                    Need need =
                            job(
                                    "user" + random.nextInt(3),
                                    "j" + next,
                                    1 + random.nextInt(6),
                                    random.nextInt(5));
                    assertThat(admission.never(need)).isEmpty();
                    waiting.put(next++, need);
                } else {
                    running.keySet().stream().findAny().ifPresent(running::remove);
                }
                Decision decision = admission.decide(running.values(), waiting.values());
                for (Need need : decision.start()) {
                    int number = Integer.parseInt(need.key().name().substring(1));
                    assertThat(waiting.entrySet())
                            .noneMatch(other ->
                                    other.getKey() < number
                                            && other.getValue().user().equals(need.user()));
                    waiting.remove(number);
                    running.put(number, need);
                }
                assertThat(running.size()).isLessThanOrEqualTo(5);
                assertThat(sum(running, true)).isLessThanOrEqualTo(9);
                assertThat(sum(running, false)).isLessThanOrEqualTo(6);
                assertThat(decision.waits()).hasSize(waiting.size());
                assertThat(running.isEmpty() && !waiting.isEmpty()).isFalse();
            }
            while (!waiting.isEmpty() || !running.isEmpty()) {
                running.clear();
                for (Need need : admission.decide(List.of(), waiting.values()).start()) {
                    int number = Integer.parseInt(need.key().name().substring(1));
                    waiting.remove(number);
                    running.put(number, need);
                }
            }
        }
    }

    private static int sum(Map<Integer, Need> running, boolean instances) {
        return running.values().stream()
                .flatMapToInt(need ->
                        IntStream.of(instances ? need.demand().instances() : need.demand().gpus()))
                .sum();
    }
}
