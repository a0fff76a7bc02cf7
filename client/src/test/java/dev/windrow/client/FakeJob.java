package dev.windrow.client;

import dev.windrow.model.ParallelJob;
import dev.windrow.spec.LoadedJob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A job of the fake server: ends at the second look, or at a cancel when it is slow. */
final class FakeJob {
    final LoadedJob loaded;
    private final String name;
    private final Map<String, Object> tags;
    private final Map<String, Object> properties;
    private final boolean slow;
    private @Nullable String displayName;
    String status = "Running";
    boolean archived;

    FakeJob(String name, LoadedJob loaded) {
        ParallelJob job = loaded.job();
        this.name = name;
        this.loaded = loaded;
        this.tags = new LinkedHashMap<>(job.labels().tags());
        this.properties = new LinkedHashMap<>(job.labels().properties());
        this.displayName = job.labels().displayName().orElse(null);
        this.slow = job.labels().description().equals(Optional.of(FakeApi.SLOW));
    }

    String name() {
        return name;
    }

    /** Gives the document, and lets time pass. */
    Map<String, @Nullable Object> look() {
        Map<String, @Nullable Object> document = document();
        if (!ended() && !slow) {
            status = "Completed";
        } else if (status.equals("CancelRequested")) {
            status = "Canceled";
        }
        return document;
    }

    boolean ended() {
        return status.equals("Completed") || status.equals("Canceled");
    }

    boolean has(String tag) {
        int equals = tag.indexOf('=');
        String key = equals < 0 ? tag : tag.substring(0, equals);
        return equals < 0 ? tags.containsKey(key) : tag.substring(equals + 1).equals(tags.get(key));
    }

    /** Gives the property that would be changed, or nothing. */
    @Nullable String patch(Map<?, ?> patch) {
        if (patch.get("properties") instanceof Map<?, ?> added) {
            for (Map.Entry<?, ?> one : added.entrySet()) {
                Object before = properties.get(String.valueOf(one.getKey()));
                if (before != null && !before.equals(one.getValue())) {
                    return String.valueOf(one.getKey());
                }
                properties.put(String.valueOf(one.getKey()), String.valueOf(one.getValue()));
            }
        }
        if (patch.get("tags") instanceof Map<?, ?> changed) {
            changed.forEach((key, value) -> {
                if (value == null) {
                    tags.remove(String.valueOf(key));
                } else {
                    tags.put(String.valueOf(key), value);
                }
            });
        }
        if (patch.containsKey("display_name")) {
            displayName = (String) patch.get("display_name");
        }
        return null;
    }

    Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> job = new LinkedHashMap<>();
        job.put("id", "/workspaces/default/jobs/" + name);
        job.put("name", name);
        job.put("workspace", "default");
        job.put("type", "parallel");
        job.put("status", status);
        job.put("status_reason", null);
        job.put("display_name", displayName);
        job.put("tags", tags);
        job.put("properties", properties);
        String at = "2026-11-22T12:00:00Z";
        job.put(
                "creation_context",
                Map.of(
                        "created_by",
                        "ann",
                        "created_at",
                        at,
                        "last_modified_by",
                        "ann",
                        "last_modified_at",
                        at));
        job.put("archived", archived);
        job.put("compute", "local");
        long done = status.equals("Completed") ? 1 : 0;
        job.put(
                "mini_batches",
                Map.of(
                        "total",
                        1L,
                        "succeeded",
                        done,
                        "failed",
                        0L,
                        "unprocessed",
                        1L - done,
                        "attempts",
                        done,
                        "retries",
                        0L));
        job.put(
                "items",
                Map.of("total", 1L, "succeeded", done, "failed", 0L, "unprocessed", 1L - done));
        job.put("outputs", Map.of("counts", "/out"));
        job.put("studio_url", "http://localhost/jobs/" + name);
        job.put("logs_url", "http://localhost/jobs/" + name + "/logs");
        job.put("seconds", ended() ? 1.5 : null);
        job.put("notices", List.of());
        return job;
    }
}
