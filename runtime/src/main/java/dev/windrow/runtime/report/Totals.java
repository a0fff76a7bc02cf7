package dev.windrow.runtime.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code process_summary.csv} and {@code node_summary.csv}. Processes beyond the first {@value
 * #PROCESSES_MAX} share one row, so that a script that kills its worker each time needs no memory.
 */
final class Totals implements DeliverySink {

    private static final int PROCESSES_MAX = 50_000;

    private final Map<Long, Total> processes = new TreeMap<>();
    private final Map<Integer, Total> nodes = new TreeMap<>();
    private final Total others = new Total();
    private long lastKey = -1;
    private Total last = others;
    private long firstMicros = Long.MAX_VALUE;
    private long lastMicros;

    /** What came of the deliveries to one process, or to one instance. */
    private static final class Total {
        private long deliveries;
        private long done;
        private long exceptions;
        private long timeouts;
        private long lost;
        private long items;
        private long succeeded;
        private long failed;
        private long firstMicros = Long.MAX_VALUE;
        private long lastMicros;
        private long processNanos;
        private long runNanos;
        private long longestRun;

        void add(Delivery delivery) {
            deliveries++;
            switch (delivery.status()) {
                case RUN_DONE -> done++;
                case RUN_EXCEPTION -> exceptions++;
                case RUN_TIMEOUT -> timeouts++;
                case LEASE_LOST -> lost++;
            }
            if (delivery.last()) {
                items += delivery.items();
                succeeded += delivery.succeeded();
                failed += delivery.failed();
            }
            var facts = delivery.facts();
            processNanos += facts.processNanos();
            runNanos += facts.runNanos();
            longestRun = Math.max(longestRun, facts.runNanos());
            if (facts.startMicros() > 0) {
                firstMicros = Math.min(firstMicros, facts.startMicros());
                long end = facts.startMicros() + facts.processNanos() / 1_000;
                lastMicros = Math.max(lastMicros, end);
            }
        }

        void write(CsvFile csv) throws IOException {
            csv.number(deliveries).number(done).number(exceptions).number(timeouts).number(lost);
            csv.number(items).number(succeeded).number(failed);
            csv.moment(firstMicros == Long.MAX_VALUE ? 0 : firstMicros).moment(lastMicros);
            csv.seconds(processNanos).seconds(runNanos).seconds(longestRun).endRow();
        }
    }

    @Override
    public void take(Delivery delivery) {
        var facts = delivery.facts();
        long key = ((long) facts.instance() << 32) | (facts.worker() + 1L);
        if (key != lastKey) {
            lastKey = key;
            last = of(key);
        }
        last.add(delivery);
        nodes.computeIfAbsent(facts.instance(), _ -> new Total()).add(delivery);
        if (facts.startMicros() > 0) {
            firstMicros = Math.min(firstMicros, facts.startMicros());
            lastMicros = Math.max(lastMicros, facts.startMicros() + facts.processNanos() / 1_000);
        }
    }

    private Total of(long key) {
        Total known = processes.get(key);
        if (known == null) {
            known = processes.size() < PROCESSES_MAX ? new Total() : others;
            if (known != others) {
                processes.put(key, known);
            }
        }
        return known;
    }

    /** Microseconds from the first start to the last end; 0 when nothing was run. */
    long spanMicros() {
        return lastMicros == 0 ? 0 : lastMicros - firstMicros;
    }

    void writeProcesses(Path target) throws IOException {
        try (CsvFile csv = create(target, true)) {
            for (Map.Entry<Long, Total> entry : processes.entrySet()) {
                csv.number(entry.getKey() >> 32).process((int) (entry.getKey() & 0xffffffffL) - 1);
                entry.getValue().write(csv);
            }
            if (others.deliveries > 0) {
                csv.text("").text("others");
                others.write(csv);
            }
            csv.keep();
        }
    }

    void writeNodes(Path target) throws IOException {
        try (CsvFile csv = create(target, false)) {
            for (Map.Entry<Integer, Total> entry : nodes.entrySet()) {
                csv.number(entry.getKey());
                entry.getValue().write(csv);
            }
            csv.keep();
        }
    }

    private static CsvFile create(Path target, boolean process) throws IOException {
        String common =
                "Mini-batch Deliveries,RUN_DONE,RUN_EXCEPTION,RUN_TIMEOUT,LEASE_LOST,"
                        + "Total Items,Succeeded Items,Failed Items,First Start Time,Last End Time,"
                        + "Process Seconds,Run Method Seconds,Longest Run Method Seconds";
        String head = process ? "Node Id,Process," : "Node Id,";
        return CsvFile.create(target, (head + common).split(","));
    }
}
