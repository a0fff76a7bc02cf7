package dev.windrow.k8s.fleet;

import dev.windrow.k8s.pod.PodReading;
import dev.windrow.k8s.pod.PodReading.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is to be done about the pods of a fleet. Pure.
 *
 * @param create numbers of instances whose pods are to be made
 * @param delete numbers of instances whose pods nobody needs any more
 * @param alive instances that run or are being started
 */
public record FleetPlan(Set<Integer> create, Set<Integer> delete, Set<Integer> alive) {

    public FleetPlan {
        create = Set.copyOf(create);
        delete = Set.copyOf(delete);
        alive = Set.copyOf(alive);
    }

    /**
     * What there is.
     *
     * @param pods that are there, by instance
     * @param made instances whose pods were made a moment ago and are not seen yet
     * @param removed instances whose pods were deleted by this server, seen or not
     * @param unheard instances whose agents are given up
     */
    public record Seen(
            Map<Integer, PodReading> pods,
            Set<Integer> made,
            Set<Integer> removed,
            Set<Integer> unheard) {

        public Seen {
            pods = Map.copyOf(pods);
            made = Set.copyOf(made);
            removed = Set.copyOf(removed);
            unheard = Set.copyOf(unheard);
        }
    }

    /**
     * Compares what is wanted with what there is.
     *
     * @param wanted live instances
     * @param next number of the next instance
     * @param kept how many pods that are over stay for whoever wants to read what they wrote
     */
    public static FleetPlan of(int wanted, Seen seen, int next, int kept) {
        Set<Integer> alive = new TreeSet<>(seen.made());
        Map<Integer, Stage> staying = new TreeMap<>();
        seen.made().forEach(number -> staying.put(number, Stage.WAITING));
        List<Integer> over = new ArrayList<>();
        Set<Integer> delete = new TreeSet<>();
        new TreeMap<>(seen.pods())
                .forEach((number, reading) -> {
                    alive.remove(number);
                    staying.remove(number);
                    if (reading.isOver()) {
                        over.add(number);
                        return;
                    }
                    alive.add(number);
                    if (stays(number, reading, seen)) {
                        staying.put(number, reading.stage());
                    } else if (seen.unheard().contains(number)
                            && reading.stage() != Stage.LEAVING) {
                        delete.add(number);
                    }
                });
        Set<Integer> create = new TreeSet<>();
        for (int number = next; staying.size() + create.size() < wanted; number++) {
            create.add(number);
        }
        delete.addAll(over.subList(0, Math.max(0, over.size() - kept)));
        delete.addAll(surplus(staying, wanted));
        delete.removeAll(seen.removed());
        return new FleetPlan(create, delete, alive);
    }

    /** Whether it needs no successor. */
    private static boolean stays(int number, PodReading reading, Seen seen) {
        boolean goes = reading.stage() == Stage.LEAVING || reading.stage() == Stage.AWAY;
        return !goes && !seen.removed().contains(number) && !seen.unheard().contains(number);
    }

    /** Those that lose least go first: they do not run yet, or have not run for long. */
    private static List<Integer> surplus(Map<Integer, Stage> staying, int wanted) {
        Comparator<Integer> running =
                Comparator.comparing(number -> staying.get(number) == Stage.RUNNING);
        return staying.keySet().stream()
                .sorted(running.thenComparing(Comparator.reverseOrder()))
                .limit(Math.max(0, staying.size() - wanted))
                .toList();
    }
}
