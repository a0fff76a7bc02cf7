package dev.windrow.system;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document that {@code --json} prints. */
record JsonReport(JsonNode root) {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Parses the one document on a command's standard output. */
    static JsonReport of(Windrow.Finished finished) {
        assertThat(finished.out()).as(finished.err()).startsWith("{");
        return new JsonReport(MAPPER.readTree(finished.out()));
    }

    String status() {
        return root.path("status").asString();
    }

    /** Code of the reason; empty when there is none. */
    String reason() {
        return root.path("reason").path("code").asString("");
    }

    String message() {
        return root.path("reason").path("message").asString("");
    }

    long miniBatches(String count) {
        return count(root.path("mini_batches"), count);
    }

    long items(String count) {
        return count(root.path("items"), count);
    }

    private static long count(JsonNode counts, String name) {
        JsonNode value = counts.path(name);
        assertThat(value.isNumber()).as(name + " in " + counts).isTrue();
        return value.asLong();
    }
}
