package dev.windrow.api.job;

import dev.windrow.api.http.Problem;
import dev.windrow.engine.store.AttemptFacts;
import dev.windrow.engine.store.LedgerEntry.AttemptStored;
import dev.windrow.engine.store.LedgerEntry.FailedAttempt;
import dev.windrow.engine.store.LedgerEntry.ResultOutcome;
import dev.windrow.engine.store.LedgerEntry.ResultStored;
import dev.windrow.runtime.host.MiniBatches;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Mini-batches as documents. */
final class MiniBatchJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private MiniBatchJson() {}

    static ObjectNode page(MiniBatches batches, String state, int from, int max) {
        List<ResultStored> rows = batches.page(from, max, wanted(state));
        ObjectNode page = NODES.objectNode();
        ArrayNode items = page.putArray("items");
        Optional<IntUnaryOperator> original = batches.originalIndexes();
        for (ResultStored row : rows) {
            ObjectNode one = result(row.index(), row.items(), Optional.of(row));
            original.ifPresent(of -> one.put("original_index", of.applyAsInt(row.index())));
            items.add(one);
        }
        page.put(
                "next_cursor",
                rows.size() < max ? null : Cursor.of(Integer.toString(rows.getLast().index())));
        return page;
    }

    private static Predicate<ResultStored> wanted(String state) {
        return switch (state) {
            case "all" -> _ -> true;
            case "succeeded" -> row -> row.outcome() != ResultOutcome.FAILED;
            case "failed" -> row -> row.outcome() == ResultOutcome.FAILED;
            default -> throw Problem.invalid("state", state, "succeeded, failed or all");
        };
    }

    static ObjectNode one(MiniBatches.MiniBatch batch, Optional<IntUnaryOperator> originalIndexes) {
        ObjectNode node = result(batch.index(), batch.items(), batch.result());
        originalIndexes.ifPresent(of -> node.put("original_index", of.applyAsInt(batch.index())));
        ArrayNode names = node.putArray("item_names");
        batch.names().forEach(names::add);
        ArrayNode attempts = node.putArray("failed_attempts");
        int number = 0;
        for (AttemptStored attempt : batch.failed()) {
            ObjectNode one = attempts.addObject();
            one.put("number", ++number);
            facts(one, Optional.of(attempt.facts()));
            one.set("error", error(Optional.of(attempt.error())));
        }
        Optional<ResultStored> last = batch.result().filter(row -> row.error().isPresent());
        if (last.isPresent()) {
            ObjectNode one = attempts.addObject();
            one.put("number", ++number);
            facts(one, last.map(ResultStored::facts));
            one.set("error", error(last.flatMap(ResultStored::error)));
        }
        return node;
    }

    private static ObjectNode result(int index, int items, Optional<ResultStored> row) {
        ObjectNode node = NODES.objectNode();
        node.put("index", index);
        node.put("state", row.map(MiniBatchJson::state).orElse("outstanding"));
        node.put("items", items);
        node.put("returned", row.map(ResultStored::returned).orElse(null));
        facts(node, row.map(ResultStored::facts));
        node.set("error", error(row.flatMap(ResultStored::error)));
        return node;
    }

    private static String state(ResultStored row) {
        return row.outcome() == ResultOutcome.FAILED ? "failed" : "succeeded";
    }

    private static void facts(ObjectNode node, Optional<AttemptFacts> facts) {
        node.put(
                "worker",
                facts.filter(known -> known.worker() >= 0)
                        .map(known -> "%d/process%03d".formatted(known.instance(), known.worker()))
                        .orElse(null));
        node.put("seconds", facts.map(known -> known.processNanos() / 1e9).orElse(null));
    }

    private static JsonNode error(Optional<FailedAttempt> failed) {
        if (failed.isEmpty()) {
            return NODES.nullNode();
        }
        ObjectNode node = NODES.objectNode();
        node.put("cause", failed.get().cause().name());
        node.put("message", failed.get().text().oneLine());
        String traceback = failed.get().text().traceback();
        node.put("traceback", traceback.isEmpty() ? null : traceback);
        return node;
    }
}
