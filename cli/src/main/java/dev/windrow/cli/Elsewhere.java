package dev.windrow.cli;

import java.util.Map;
import java.util.Optional;

/** Verbs that {@code az ml} has and that have no place here, with what does their work. */
final class Elsewhere {

    private static final String STARTED =
            "a cluster is there or not; windrow compute status NAME says how it is";
    private static final String ENVIRONMENT =
            "workers run the Python of the machine; windrow run --python EXE";
    private static final String DATA =
            "inputs are paths; azureml://datastores/NAME/paths/... is in a folder that"
                    + " windrow datastore show NAME tells";
    private static final String ENDPOINT =
            "windrow serves no models; a batch over files is windrow job create FILE";
    private static final String CODE = "the job file names its code; windrow job create FILE";
    private static final String WORKSPACE =
            "a workspace begins with its first job; windrow job create FILE -w NAME";

    private static final Map<String, String> ALTERNATIVES =
            Map.ofEntries(
                    Map.entry(
                            "job show-services",
                            "a job has no services; windrow job logs NAME shows what it does"),
                    Map.entry(
                            "job connect-ssh",
                            "workers run on the server's machine; windrow job logs NAME --follow"),
                    Map.entry(
                            "compute create",
                            "a cluster that is there is attached; windrow compute attach NAME"
                                    + " --resource-id context:NAME"),
                    Map.entry(
                            "compute update",
                            "attach it again with something else; windrow compute attach NAME"),
                    Map.entry("compute start", STARTED),
                    Map.entry("compute stop", STARTED),
                    Map.entry("compute restart", STARTED),
                    Map.entry("compute list-nodes", STARTED),
                    Map.entry("compute list-sizes", "windrow compute show NAME -o json has them"),
                    Map.entry("compute list-usage", "windrow compute quota NAME"),
                    Map.entry(
                            "datastore update",
                            "made again with something else; windrow datastore create NAME"),
                    Map.entry("environment", ENVIRONMENT),
                    Map.entry("data", DATA),
                    Map.entry("component", CODE),
                    Map.entry("model", DATA),
                    Map.entry("online-endpoint", ENDPOINT),
                    Map.entry("online-deployment", ENDPOINT),
                    Map.entry("batch-endpoint", ENDPOINT),
                    Map.entry("batch-deployment", ENDPOINT),
                    Map.entry("schedule", "cron can call windrow job create FILE"),
                    Map.entry("registry", CODE),
                    Map.entry("workspace", WORKSPACE));

    private Elsewhere() {}

    /**
     * What to do instead.
     *
     * @param words the verb with those before it, without the command's own
     */
    static Optional<String> alternative(String words) {
        return Optional.ofNullable(ALTERNATIVES.get(words));
    }
}
