package dev.windrow.k8s.fleet;

import dev.windrow.k8s.pod.PodReading;
import java.util.ArrayList;
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
     * Compares what is wanted with what there is.
     *
     * @param wanted live instances
     * @param pods that are there, by instance
     * @param made instances whose pods were made a moment ago and are not seen yet
     * @param next number of the next instance
     * @param kept how many pods that are over stay for whoever wants to read what they wrote
     */
    public static FleetPlan of(
            int wanted, Map<Integer, PodReading> pods, Set<Integer> made, int next, int kept) {
        Set<Integer> alive = new TreeSet<>(made);
        Set<Integer> leaving = new TreeSet<>();
        List<Integer> over = new ArrayList<>();
        new TreeMap<>(pods)
                .forEach((number, reading) -> {
                    if (reading.isOver()) {
                        alive.remove(number);
                        over.add(number);
                    } else {
                        alive.add(number);
                        if (reading.stage() == PodReading.Stage.LEAVING) {
                            leaving.add(number);
                        }
                    }
                });
        Set<Integer> create = new TreeSet<>();
        int staying = alive.size() - leaving.size();
        for (int number = next; staying + create.size() < wanted; number++) {
            create.add(number);
        }
        Set<Integer> delete = new TreeSet<>(over.subList(0, Math.max(0, over.size() - kept)));
        return new FleetPlan(create, delete, alive);
    }
}
