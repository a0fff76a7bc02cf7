package dev.windrow.runtime.report;

import dev.windrow.engine.minibatch.FailureCause;
import dev.windrow.engine.store.LedgerEntry.FailedAttempt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code processed_mini-batches.csv}: a row for each delivery.
 *
 * <p>The detail names at most {@value #NAMES_MAX} items. In a job of more than {@value #NAMED_MAX}
 * mini-batches only deliveries that did not go well have names, so that the table stays small.
 */
final class ProcessedRows implements DeliverySink {

    static final int NAMED_MAX = 100_000;

    private static final int NAMES_MAX = 10;
    private static final int NAME_MAX = 300;
    private static final int MESSAGE_MAX = 500;

    private final CsvFile csv;
    private final PlanItems plan;
    private final boolean allNamed;
    private final StringBuilder json = new StringBuilder();
    private @Nullable IOException failure;

    private ProcessedRows(CsvFile csv, PlanItems plan, boolean allNamed) {
        this.csv = csv;
        this.plan = plan;
        this.allNamed = allNamed;
    }

    static ProcessedRows create(Path target, PlanItems plan, long miniBatches) throws IOException {
        CsvFile csv =
                CsvFile.create(
                        target,
                        "Mini-batch Id",
                        "Picked Count",
                        "Node Id",
                        "Process",
                        "Start Time",
                        "Total",
                        "Succeeded",
                        "Failed",
                        "Elapsed Seconds",
                        "Process Seconds",
                        "Run Method Seconds",
                        "Status",
                        "Error Category",
                        "Error Message",
                        "Mini-batch Detail");
        return new ProcessedRows(csv, plan, miniBatches <= NAMED_MAX);
    }

    @Override
    public void take(Delivery delivery) {
        if (failure != null) {
            return;
        }
        try {
            write(delivery);
        } catch (IOException e) {
            failure = e;
        }
    }

    private void write(Delivery delivery) throws IOException {
        var facts = delivery.facts();
        csv.number(delivery.index())
                .number(delivery.count())
                .number(facts.instance())
                .process(facts.worker())
                .moment(facts.startMicros())
                .number(delivery.items())
                .number(delivery.succeeded())
                .number(delivery.failed())
                .seconds(facts.processNanos())
                .seconds(facts.processNanos())
                .seconds(facts.runNanos())
                .text(delivery.status().name());
        Optional<FailedAttempt> error = delivery.error();
        if (error.isPresent()) {
            csv.text(category(error.get().cause()));
            csv.text(Words.firstLine(error.get().text().oneLine(), MESSAGE_MAX));
        } else {
            csv.text("").text("");
        }
        csv.quoted(detail(delivery)).endRow();
    }

    private static String category(FailureCause cause) {
        return switch (cause) {
            case EXCEPTION -> "Exception";
            case BAD_RETURN -> "BadReturn";
            case TIMEOUT -> "Timeout";
            case WORKER_DIED -> "WorkerDied";
            case LOAD_FAILED -> "LoadFailed";
            case INFRASTRUCTURE -> "InstanceLost";
        };
    }

    private CharSequence detail(Delivery delivery) {
        json.setLength(0);
        json.append("{\"id\": ").append(delivery.index());
        json.append(", \"delivery_count\": ").append(delivery.count());
        if (allNamed || !delivery.whole()) {
            List<String> names = plan.names(delivery.index(), NAMES_MAX);
            if (!names.isEmpty()) {
                json.append(", \"files\": [");
                for (int i = 0; i < names.size(); i++) {
                    json.append(i == 0 ? "" : ", ");
                    Words.quote(Words.shortened(names.get(i), NAME_MAX), json);
                }
                json.append(']');
            }
            int more = delivery.items() - names.size();
            if (!names.isEmpty() && more > 0) {
                json.append(", \"more_files\": ").append(more);
            }
        }
        return json.append('}');
    }

    /** Makes the table appear; when it is not whole, nothing is left behind. */
    void keep() throws IOException {
        try (csv) {
            IOException broken = failure;
            if (broken != null) {
                throw broken;
            }
            csv.keep();
        }
    }
}
