package dev.windrow.api.job;

import dev.windrow.api.http.Problem;
import dev.windrow.api.http.Request;
import dev.windrow.engine.store.AttemptFacts;
import dev.windrow.runtime.host.MiniBatches;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which log files of a job are asked for: those of an instance, a process, or a mini-batch. */
record LogFilter(Predicate<Writer> wanted, boolean all) implements Predicate<String> {

    /** What a request may ask by. */
    static final Set<String> PARAMETERS = Set.of("instance", "process", "mini_batch");

    /** Each process writes below the number of its instance. */
    private static final Pattern OF_PROCESS =
            Pattern.compile(".*/([0-9]{1,9})/process([0-9]{3,9})\\..*");

    private static final Pattern OF_INSTANCE = Pattern.compile(".*/([0-9]{1,9})/[^/]+");
    private static final Pattern PROCESS = Pattern.compile("process([0-9]{3,9})");
    private static final int NOBODY = -1;
    private static final int MOST = Integer.MAX_VALUE;

    /** Who has written a file; worker -1 for what belongs to the instance as a whole. */
    record Writer(int instance, int worker) {}

    /**
     * What a request asks for.
     *
     * @param batches of the job
     * @throws Problem when it asks by something that cannot be
     */
    static LogFilter of(Request request, MiniBatches batches) {
        int instance = request.whole("instance", 0, MOST, NOBODY);
        int index = request.whole("mini_batch", 0, MOST, NOBODY);
        Optional<String> process = request.query("process");
        int worker = process.map(LogFilter::worker).orElse(NOBODY);
        boolean all = instance == NOBODY && index == NOBODY && worker == NOBODY;
        Predicate<Writer> wanted =
                one ->
                        (instance == NOBODY || one.instance() == instance)
                                && (worker == NOBODY || one.worker() == worker);
        if (index != NOBODY) {
            wanted = wanted.and(writers(batches, index)::contains);
        }
        return new LogFilter(wanted, all);
    }

    private static int worker(String name) {
        Matcher known = PROCESS.matcher(name);
        if (!known.matches()) {
            throw Problem.invalid("process", name, "a name such as process000");
        }
        return Integer.parseInt(known.group(1));
    }

    private static Set<Writer> writers(MiniBatches batches, int index) {
        MiniBatches.MiniBatch one =
                batches.find(index, 0)
                        .orElseThrow(() ->
                                Problem.of(
                                        404,
                                        "MINI_BATCH_NOT_FOUND",
                                        "mini_batch: %d (expected: one of the plan)"
                                                .formatted(index)));
        Set<Writer> writers = new HashSet<>();
        one.result().ifPresent(row -> writers.add(writer(row.facts())));
        one.failed().forEach(row -> writers.add(writer(row.facts())));
        return writers;
    }

    private static Writer writer(AttemptFacts facts) {
        return new Writer(facts.instance(), facts.worker());
    }

    @Override
    public boolean test(String path) {
        if (all) {
            return true;
        }
        Matcher process = OF_PROCESS.matcher(path);
        if (process.matches()) {
            return wanted.test(new Writer(number(process.group(1)), number(process.group(2))));
        }
        Matcher instance = OF_INSTANCE.matcher(path);
        return instance.matches() && wanted.test(new Writer(number(instance.group(1)), NOBODY));
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
