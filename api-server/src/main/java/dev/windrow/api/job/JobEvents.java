package dev.windrow.api.job;

import dev.windrow.api.http.EventSource;
import dev.windrow.engine.schedule.JobProgress;
import dev.windrow.engine.tally.Counts;
import dev.windrow.runtime.host.JobHost;
import dev.windrow.runtime.host.JobView;
import dev.windrow.store.register.JobEvent;
import dev.windrow.store.register.JobKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What happens to one job, for one client that listens. */
final class JobEvents implements EventSource {

    private static final int AT_ONCE = 200;

    /** What a job waits for that has no room yet changes without a note of it. */
    private static final int LOOKS_FOR_ROOM = 4;

    private final JobHost host;
    private final JobDocuments documents;
    private final JobKey key;
    private final @Nullable LogTails logs;
    private volatile long sent;
    private volatile long seen = -1;
    private volatile boolean more = true;
    private volatile Told told = Told.NOTHING;
    private int looks;

    /**
     * What the latest event of progress said.
     *
     * @param counts of the run; empty before it
     */
    private record Told(Optional<Counts> counts, Optional<String> waits) {
        static final Told NOTHING = new Told(Optional.empty(), Optional.empty());
    }

    /**
     * @param logs that are followed too
     */
    JobEvents(
            JobHost host, JobDocuments documents, JobKey key, long after, Optional<LogTails> logs) {
        this.documents = documents;
        this.host = host;
        this.key = key;
        this.sent = after;
        this.logs = logs.orElse(null);
    }

    @Override
    public boolean ready() {
        return more
                || logs != null
                // It may have ended between two looks: nothing is counted of it any more.
                || !host.hosts(key)
                || host.noted(key) != seen
                || progressed();
    }

    private boolean progressed() {
        Optional<JobProgress> progress = host.progress(key);
        if (progress.isEmpty() && ++looks % LOOKS_FOR_ROOM == 0) {
            return true;
        }
        Told last = told;
        boolean waits =
                progress.isPresent() && !progress.get().waits().equals(last.waits().orElse(""));
        return waits || !progress.map(JobProgress::counts).equals(last.counts());
    }

    @Override
    public Batch next() {
        List<Event> events = new ArrayList<>();
        // Read before the events: what comes meanwhile is looked for again.
        seen = host.noted(key);
        JobView job = host.find(key);
        List<JobEvent> fresh = host.events(key, sent, AT_ONCE);
        for (JobEvent event : fresh) {
            sent = event.sequence();
            events.add(of(event, job));
        }
        more = fresh.size() == AT_ONCE;
        addProgress(events, job);
        boolean last = job.job().endedAt().isPresent() && !more;
        if (logs != null) {
            logs.read(last).forEach(line -> events.add(new Event("", "log", line.toString())));
            last &= logs.atEnd();
        }
        if (last) {
            events.add(new Event("", "end", documents.of(job).toString()));
        }
        return new Batch(events, last);
    }

    private void addProgress(List<Event> events, JobView job) {
        Told now = new Told(job.progress().map(JobProgress::counts), job.waiting());
        if (!now.equals(told) && !now.equals(Told.NOTHING)) {
            events.add(new Event("", "progress", JobJson.progress(job).toString()));
        }
        told = now;
    }

    private static Event of(JobEvent event, JobView job) {
        String id = Long.toString(event.sequence());
        if (!event.kind().equals(JobEvent.STATUS)) {
            return new Event(id, "note", note(event).toString());
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("status", event.text());
        boolean now = event.text().equals(job.status().text());
        node.set("reason", JobJson.reason(now ? job.reason() : Optional.empty()));
        node.put("at", event.at().toString());
        return new Event(id, "status", node.toString());
    }

    static ObjectNode note(JobEvent event) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", event.kind())
                .put("text", event.text())
                .put("at", event.at().toString());
    }
}
