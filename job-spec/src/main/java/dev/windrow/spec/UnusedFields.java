package dev.windrow.spec;

import dev.windrow.model.Environment;
import dev.windrow.model.JobResources;
import dev.windrow.model.ParallelJob;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says, one line each, which fields Azure would use and one machine does not. */
final class UnusedFields {
    private final LoadedJob loaded;
    private final String where;
    private final Problems problems;

    private UnusedFields(LoadedJob loaded, String where, Problems problems) {
        this.where = where;
        this.loaded = loaded;
        this.problems = problems;
    }

    /**
     * Warns of each.
     *
     * @param elastic whether instances are made for the job, as it wants them
     */
    static void report(LoadedJob loaded, boolean elastic, Problems problems) {
        UnusedFields unused =
                new UnusedFields(loaded, elastic ? "a cluster" : "one machine", problems);
        ParallelJob job = loaded.job();
        if (!elastic) {
            unused.onOneMachine(job);
        }
        unused.note("resources.locations", !job.placement().resources().locations().isEmpty());
        unused.note("output_data", job.outputData().isPresent());
        unused.note("is_deterministic", job.isDeterministic().isPresent());
        unused.kept(job);
    }

    private void onOneMachine(ParallelJob job) {
        JobResources resources = job.placement().resources();
        Optional<String> elsewhere = job.placement().compute().filter(name -> !isLocal(name));
        note("compute", elsewhere.isPresent());
        note("resources.max_instance_count", resources.maxInstanceCount().isPresent());
        note("resources.instance_type", !resources.instanceType().isEmpty());
        note("resources.shm_size", resources.shmSize().isPresent());
        environment(job);
        note("identity", job.placement().identity().isPresent());
        note("resources.docker_args", !resources.dockerArgs().isEmpty());
    }

    /** Its conda file is made use of, or refused. */
    private void environment(ParallelJob job) {
        switch (job.task().environment().orElse(null)) {
            case null -> {}
            case Environment.Named _ -> note("task.environment", true);
            case Environment.Inline inline -> {
                note("task.environment.image", inline.image().isPresent());
                note("task.environment.build", inline.buildPath().isPresent());
            }
        }
    }

    private static boolean isLocal(String compute) {
        return compute.equals("local") || compute.equals("azureml:local");
    }

    private void kept(ParallelJob job) {
        note("services", job.kept().containsKey("services"));
        note("version", job.kept().containsKey("version"));
        note("resources.properties", has(job.kept().get("resources"), "properties"));
        note("task.model", has(job.kept().get("task"), "model"));
        for (String name : job.outputs().keySet()) {
            if (job.kept().get("outputs") instanceof Map<?, ?> outputs) {
                for (String key : List.of("name", "version")) {
                    note("outputs." + name + "." + key, has(outputs.get(name), key));
                }
            }
        }
    }

    private static boolean has(@Nullable Object tree, String key) {
        return tree instanceof Map<?, ?> map && map.containsKey(key);
    }

    private void note(String path, boolean present) {
        if (present) {
            String text = path + ": accepted by Azure, not used on " + where;
            problems.warn(path, loaded.place(path), text);
        }
    }
}
