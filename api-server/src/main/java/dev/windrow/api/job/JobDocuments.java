package dev.windrow.api.job;

import dev.windrow.runtime.JobPlaces;
import dev.windrow.runtime.host.JobHost;
import dev.windrow.runtime.host.JobView;
import dev.windrow.store.register.JobKey;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Makes the document of a job, with what only the disk knows. */
final class JobDocuments {

    /** Then all are forgotten; a list would read a file for each of its jobs without this. */
    private static final int REMEMBERED_MOST = 20_000;

    private final JobHost host;
    private final JobJson json;
    private final Map<Submitted, JobPlaces> remembered = new ConcurrentHashMap<>();

    /** A job, and no other that has had its name; where its outputs are never changes. */
    private record Submitted(JobKey key, Instant at) {}

    JobDocuments(JobHost host, Supplier<String> publicUrl) {
        this.host = host;
        this.json = new JobJson(publicUrl);
    }

    ObjectNode of(JobView view) {
        return json.job(view, places(new Submitted(view.job().key(), view.job().submittedAt())));
    }

    private JobPlaces places(Submitted job) {
        JobPlaces known = remembered.get(job);
        if (known != null) {
            return known;
        }
        JobPlaces read = OutputPlaces.of(host.assembly(job.key().workspace()), job.key().name());
        if (remembered.size() >= REMEMBERED_MOST) {
            remembered.clear();
        }
        // Of one whose folder is gone nothing is known, and may be again.
        if (!read.outputs().isEmpty()) {
            remembered.put(job, read);
        }
        return read;
    }
}
