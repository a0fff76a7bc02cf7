package dev.windrow.k8s.fleet;

import dev.windrow.engine.compute.ComputeRequest;
import dev.windrow.engine.compute.FleetSnapshot;
import dev.windrow.engine.job.FleetStage;
import dev.windrow.k8s.access.RefusedException;
import dev.windrow.k8s.pod.ObjectNames;
import dev.windrow.k8s.pod.PodOrder;
import dev.windrow.k8s.pod.PodReading;
import dev.windrow.k8s.pod.WorkerPodFactory;
import dev.windrow.runtime.compute.EngineDoor;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pods of one job: looks, compares, acts, and may be asked to at any time. A plain object with
 * {@code step}, for one thread; what is wanted and what was seen pass between threads.
 */
final class PodFleet {

    /** Pods that are over and stay until the fleet goes, for whoever wants to read their logs. */
    static final int KEPT = 3;

    /** By then a pod that was made is seen, or was deleted before anybody saw it. */
    static final Duration UNSEEN_MAX = Duration.ofSeconds(20);

    /** Pods made or deleted between two looks: each takes its turn, and what is seen grows old. */
    static final int AT_ONCE = 20;

    /** A Secret is renewed before its token, which is good for a day, grows old. */
    static final Duration TOKEN_FRESH = Duration.ofHours(6);

    /** By then an agent has found its server, unless something is in the way. */
    static final Duration JOIN_MAX = Duration.ofSeconds(15);

    private static final Duration RETRY_FIRST = Duration.ofSeconds(1);
    private static final Duration RETRY_MAX = Duration.ofSeconds(30);

    private final ObjectNames names;
    private final PodOrder order;
    private final PodPort port;
    private final InstanceNumbers numbers;
    private final EngineDoor door;
    private final Supplier<String> tokens;
    private final Map<Integer, Instant> made = new HashMap<>();
    private final Map<Integer, Instant> runningSince = new HashMap<>();
    private final Set<Integer> known = new HashSet<>();
    private final Set<Integer> told = new HashSet<>();
    private final Set<Integer> away = new HashSet<>();
    private final Set<Integer> removed = new HashSet<>();
    private final PodLooks looks;
    private @Nullable OwnerReference owner;
    private Instant ownerAt = Instant.MIN;
    private Instant nextTry = Instant.MIN;
    private Duration pause = RETRY_FIRST;
    private String refusal = "";
    private volatile @Nullable ComputeRequest wanted;
    private volatile Set<Integer> unheard = Set.of();
    private boolean prepares;
    private volatile boolean looked;
    private volatile FleetSnapshot snapshot = first();

    PodFleet(
            ObjectNames names,
            PodOrder order,
            PodPort port,
            InstanceNumbers numbers,
            EngineDoor door,
            Supplier<String> tokens) {
        this.names = names;
        this.order = order;
        this.port = port;
        this.looks = new PodLooks(port);
        this.numbers = numbers;
        this.door = door;
        this.tokens = tokens;
    }

    /** Its agents make an environment before they come; to be said before anything else. */
    void prepareFirst() {
        prepares = true;
    }

    /** Says what is wanted; from any thread. */
    void want(ComputeRequest request) {
        wanted = request;
    }

    /** What is wanted; from any thread. */
    Optional<ComputeRequest> wanted() {
        return Optional.ofNullable(wanted);
    }

    /** Says which agents are given up; from any thread. */
    void unheard(Set<Integer> instances) {
        unheard = Set.copyOf(instances);
    }

    /** Says why it cannot begin to look. */
    void waitsFor(String why) {
        snapshot = new FleetSnapshot(Set.of(), Set.of(), Set.of(), FleetStage.PROVISIONING, why);
    }

    /** What was seen last; from any thread. */
    FleetSnapshot snapshot() {
        return snapshot;
    }

    /** Whether it has looked at all: before that, pods of an earlier server may be there. */
    boolean hasLooked() {
        return looked;
    }

    private static FleetSnapshot first() {
        return new FleetSnapshot(
                Set.of(),
                Set.of(),
                Set.of(),
                FleetStage.PROVISIONING,
                "its cluster is being looked at");
    }

    /** Looks and acts; blocks on the network. */
    void step(Instant now) {
        if (!port.isSynced()) {
            return;
        }
        Map<Integer, Pod> pods = pods();
        looks.retain(pods.keySet());
        Map<Integer, PodReading> readings = new TreeMap<>();
        pods.forEach((number, pod) -> readings.put(number, looks.read(number, pod, now)));
        made.entrySet()
                .removeIf(one ->
                        readings.containsKey(one.getKey())
                                || now.isAfter(one.getValue().plus(UNSEEN_MAX)));
        ComputeRequest request = wanted;
        FleetPlan plan =
                FleetPlan.of(
                        request == null ? 0 : request.instances(),
                        new FleetPlan.Seen(readings, made.keySet(), removed, unheard),
                        numbers.next(),
                        KEPT);
        readings.forEach(this::tell);
        Set<Integer> alive = new HashSet<>(plan.alive());
        if (request != null && !now.isBefore(nextTry)) {
            act(plan, alive, now);
        }
        removed.retainAll(readings.keySet());
        known.addAll(readings.keySet());
        known.addAll(alive);
        Set<Integer> gone = new HashSet<>(known);
        gone.removeAll(alive);
        FleetStage made = prepares ? FleetStage.PREPARING : FleetStage.QUEUED;
        FleetStage stage = readings.isEmpty() ? FleetStage.PROVISIONING : made;
        snapshot = new FleetSnapshot(alive, gone, Set.of(), stage, waits(readings, now));
        looked = true;
    }

    private Map<Integer, Pod> pods() {
        Map<Integer, Pod> pods = new TreeMap<>();
        for (Pod pod : port.pods(names.fleet())) {
            OptionalInt number = ObjectNames.instance(pod.getMetadata().getLabels());
            number.ifPresent(one -> pods.put(one, pod));
        }
        return pods;
    }

    private void tell(int number, PodReading reading) {
        if (reading.stage() == PodReading.Stage.AWAY && away.add(number)) {
            door.ended(number, sentence(number, reading), false);
        }
        if (reading.isOver() && told.add(number)) {
            door.ended(
                    number, sentence(number, reading), reading.stage() == PodReading.Stage.BROKEN);
        }
    }

    private String sentence(int number, PodReading reading) {
        return "pod %s of instance %d: %s".formatted(names.pod(number), number, reading.sentence());
    }

    private void act(FleetPlan plan, Set<Integer> alive, Instant now) {
        try {
            for (int number : plan.delete().stream().sorted().limit(AT_ONCE).toList()) {
                port.delete(names.pod(number));
                removed.add(number);
            }
            for (int number : plan.create().stream().sorted().limit(AT_ONCE).toList()) {
                WorkerPodFactory factory = new WorkerPodFactory(order, names, owner(now));
                numbers.use(number + 1);
                made.put(number, now);
                alive.add(number);
                port.create(factory.pod(number));
            }
            refusal = "";
            pause = RETRY_FIRST;
        } catch (RefusedException e) {
            refused(String.valueOf(e.getMessage()), now);
            made.values().removeIf(now::equals);
            alive.removeIf(number -> plan.create().contains(number) && !made.containsKey(number));
        } catch (IOException e) {
            refused("the job's folder cannot be written: " + e.getMessage(), now);
        }
    }

    private void refused(String why, Instant now) {
        refusal = why;
        nextTry = now.plus(pause);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(RETRY_MAX) < 0 ? doubled : RETRY_MAX;
    }

    private OwnerReference owner(Instant now) {
        OwnerReference there = owner;
        if (there == null || now.isAfter(ownerAt.plus(TOKEN_FRESH))) {
            there =
                    port.keep(
                            names.fleet(),
                            names.labels(),
                            Map.of(ObjectNames.JOB, names.job()),
                            tokens.get());
            owner = there;
            ownerAt = now;
        }
        return there;
    }

    /** Heard only while no agent is there. */
    private String waits(Map<Integer, PodReading> readings, Instant now) {
        List<Integer> running =
                readings.entrySet().stream()
                        .filter(one -> one.getValue().stage() == PodReading.Stage.RUNNING)
                        .map(Map.Entry::getKey)
                        .toList();
        runningSince.keySet().retainAll(running);
        running.forEach(number -> runningSince.putIfAbsent(number, now));
        if (!running.isEmpty() && prepares) {
            return "pod %s makes the environment of the job"
                    .formatted(names.pod(running.getFirst()));
        }
        if (!running.isEmpty()) {
            return running.stream()
                    .filter(number ->
                            now.isAfter(runningSince.getOrDefault(number, now).plus(JOIN_MAX)))
                    .findFirst()
                    .map(number ->
                            "pod %s runs, but its agent has not come from there to %s (kubectl logs tells why; windrow compute attach --server-url gives another address)"
                                    .formatted(names.pod(number), order.server().url()))
                    .orElse("");
        }
        Optional<String> pod =
                readings.entrySet().stream()
                        .filter(one ->
                                one.getValue().stage() == PodReading.Stage.WAITING
                                        || one.getValue().stage() == PodReading.Stage.AWAY)
                        .map(one ->
                                "pod %s: %s"
                                        .formatted(
                                                names.pod(one.getKey()), one.getValue().sentence()))
                        .findFirst();
        String making = made.isEmpty() ? "" : "its pods are being made";
        return refusal.isEmpty() ? pod.orElse(making) : refusal;
    }

    /** Removes everything of the fleet; blocks on the network. */
    void release() {
        wanted = null;
        port.deleteFleet(names.fleet());
    }
}
