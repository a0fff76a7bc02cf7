package dev.windrow.local;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who shares this machine. Places are taken again, because they are what the machine has to share
 * out.
 */
final class Places {

    private final Map<Integer, Placed> taken = new LinkedHashMap<>();

    private record Placed(int place, LocalInstance instance) {}

    int size() {
        return taken.size();
    }

    Set<Integer> numbers() {
        return taken.keySet();
    }

    /** The lowest place that nobody has. */
    int free() {
        BitSet places = new BitSet();
        taken.values().forEach(placed -> places.set(placed.place()));
        return places.nextClearBit(0);
    }

    void put(int number, int place, LocalInstance instance) {
        taken.put(number, new Placed(place, instance));
    }

    /** Takes out those that have ended, and returns their numbers. */
    List<Integer> sweep() {
        List<Integer> ended =
                taken.entrySet().stream()
                        .filter(one -> one.getValue().instance().hasEnded())
                        .map(Map.Entry::getKey)
                        .toList();
        ended.forEach(taken::remove);
        return ended;
    }

    /** Asks all to end, and waits for a few seconds until they have. */
    void end() {
        taken.values().forEach(placed -> placed.instance().end());
        taken.values().forEach(placed -> placed.instance().awaitEnd());
        taken.clear();
    }
}
