package dev.windrow.runtime.report;

import dev.windrow.engine.minibatch.FailureCause;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code sys/error}: what happened to processes and instances, not in the user's code. At most
 * {@value #FILES_MAX} files of {@value #LINES_MAX} lines; the table of mini-batches has them all.
 */
final class SystemErrors implements DeliverySink {

    private static final int FILES_MAX = 200;
    private static final int LINES_MAX = 100;
    private static final int LINE_MAX = 1_000;

    private final Map<String, Lines> files = new TreeMap<>();

    private static final class Lines {
        private final StringBuilder text = new StringBuilder();
        private int kept;
        private long cut;

        void add(String line) {
            if (kept < LINES_MAX) {
                kept++;
                text.append(line).append('\n');
            } else {
                cut++;
            }
        }
    }

    @Override
    public void take(Delivery delivery) {
        delivery.error()
                .filter(failed -> isOfTheSystem(failed.cause()))
                .ifPresent(failed -> {
                    String name =
                            delivery.facts().worker() < 0
                                    ? "_main.txt"
                                    : delivery.process() + ".txt";
                    Lines lines = of(delivery.facts().instance() + "/" + name);
                    String text = Words.firstLine(failed.text().oneLine(), LINE_MAX);
                    lines.add("mini-batch %d: %s".formatted(delivery.index(), text));
                });
    }

    private static boolean isOfTheSystem(FailureCause cause) {
        return switch (cause) {
            case WORKER_DIED, LOAD_FAILED, INFRASTRUCTURE -> true;
            case EXCEPTION, BAD_RETURN, TIMEOUT -> false;
        };
    }

    private Lines of(String name) {
        Lines known = files.get(name);
        if (known == null) {
            known = new Lines();
            if (files.size() < FILES_MAX) {
                files.put(name, known);
            }
        }
        return known;
    }

    void write(Path folder) throws IOException {
        for (Map.Entry<String, Lines> entry : files.entrySet()) {
            Lines lines = entry.getValue();
            if (lines.cut > 0) {
                lines.text.append("and %d more\n".formatted(lines.cut));
            }
            TextFile.write(folder.resolve(entry.getKey()), lines.text);
        }
    }
}
