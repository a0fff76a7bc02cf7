package dev.windrow.api.job;

import dev.windrow.runtime.host.JobHost;
import dev.windrow.runtime.host.JobView;
import dev.windrow.store.register.JobKey;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Makes the document of a job, with what only the disk knows. */
final class JobDocuments {

    private final JobHost host;
    private final JobJson json;

    JobDocuments(JobHost host, Supplier<String> publicUrl) {
        this.host = host;
        this.json = new JobJson(publicUrl);
    }

    ObjectNode of(JobView view) {
        JobKey key = view.job().key();
        return json.job(view, OutputPlaces.of(host.assembly(key.workspace()), key.name()));
    }
}
