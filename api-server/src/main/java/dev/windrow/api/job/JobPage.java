package dev.windrow.api.job;

import dev.windrow.engine.tally.Counts;
import dev.windrow.runtime.JobPlaces;
import dev.windrow.runtime.host.JobView;
import dev.windrow.store.register.JobEvent;
import dev.windrow.store.register.RegisteredJob;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A page about a job, without scripts; a job that goes on is looked at again every five seconds.
 */
final class JobPage {

    private static final String FRAME = resource("job-page.html");

    private JobPage() {}

    static String of(JobView view, JobPlaces places, List<JobEvent> events, Instant now) {
        RegisteredJob job = view.job();
        boolean ended = job.endedAt().isPresent();
        String api = "/api/v1" + job.key().id();
        return FRAME.replace(
                        "{refresh}", ended ? "" : "<meta http-equiv=\"refresh\" content=\"5\">")
                .replace("{class}", view.status().text().toLowerCase(java.util.Locale.ROOT))
                .replace("{status}", escaped(view.status().text()))
                .replace("{name}", escaped(job.key().name()))
                .replace("{title}", escaped(job.texts().displayName().orElse(job.key().name())))
                .replace("{why}", escaped(WhyText.of(view)))
                .replace("{counts}", counts(view.counts()))
                .replace("{percent}", Long.toString(percent(view.counts())))
                .replace("{facts}", facts(job, now))
                .replace("{outputs}", outputs(places, api, ended))
                .replace("{events}", events(events))
                .replace("{api}", escaped(api));
    }

    private static long percent(Counts counts) {
        long done = counts.succeededMiniBatches() + counts.failedMiniBatches();
        return counts.miniBatches() == 0 ? 0 : 100 * done / counts.miniBatches();
    }

    private static String counts(Counts counts) {
        return row(
                        "mini-batches",
                        counts.miniBatches(),
                        counts.succeededMiniBatches(),
                        counts.failedMiniBatches(),
                        counts.outstandingMiniBatches())
                + row(
                        "items",
                        counts.items(),
                        counts.succeededItems(),
                        counts.failedItems(),
                        counts.outstandingItems());
    }

    private static String row(String what, long... numbers) {
        StringBuilder row = new StringBuilder("<tr><th>" + what + "</th>");
        for (long number : numbers) {
            row.append("<td>").append("%,d".formatted(number)).append("</td>");
        }
        return row.append("</tr>").toString();
    }

    private static String facts(RegisteredJob job, Instant now) {
        Duration took = Duration.between(job.submittedAt(), job.endedAt().orElse(now));
        return fact("submitted", job.submittedAt() + " by " + job.createdBy())
                + fact(
                        job.endedAt().isPresent() ? "took" : "since",
                        took.toMillis() / 1_000.0 + " s")
                + fact("compute", job.compute())
                + job.texts().description().map(text -> fact("description", text)).orElse("")
                + fact("tags", tags(job.texts().tags()));
    }

    private static String tags(Map<String, String> tags) {
        return String.join(
                ", ",
                tags.entrySet().stream()
                        .map(tag -> tag.getKey() + " = " + tag.getValue())
                        .toList());
    }

    private static String fact(String name, String value) {
        return value.isEmpty() ? "" : "<dt>" + name + "</dt><dd>" + escaped(value) + "</dd>";
    }

    private static String outputs(JobPlaces places, String api, boolean ended) {
        StringBuilder list = new StringBuilder();
        places.outputs()
                .forEach((name, place) -> {
                    String shown = "<b>" + escaped(name) + "</b> " + escaped(place);
                    String link = escaped(api + "/outputs/" + name + "/files");
                    list.append("<li>")
                            .append(ended ? "<a href=\"" + link + "\">" + shown + "</a>" : shown)
                            .append("</li>");
                });
        return list.isEmpty() ? "<li>none</li>" : list.toString();
    }

    private static String events(List<JobEvent> events) {
        StringBuilder list = new StringBuilder();
        for (JobEvent event : events.reversed()) {
            list.append("<li><time>")
                    .append(event.at().toString(), 11, 19)
                    .append("</time> ")
                    .append(
                            event.kind().equals(JobEvent.STATUS)
                                    ? "<b>" + escaped(event.text()) + "</b>"
                                    : escaped(event.text()))
                    .append("</li>");
        }
        return list.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                // So that no value is taken for a place in the frame.
                .replace("{", "&#123;");
    }

    private static String resource(String name) {
        try (InputStream in = JobPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource: " + name + " (expected: in the jar)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
