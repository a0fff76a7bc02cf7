package dev.windrow.k8s.job;

import dev.windrow.spec.JobReader;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.ReadOptions;
import java.nio.file.Path;

/** Jobs for tests. */
final class Jobs {

    private static final String JOB =
            """
            type: parallel
            compute: azureml:gpu
            inputs:
              docs: {type: uri_folder, path: ./docs}
            input_data: ${{inputs.docs}}
            task: {type: run_function, entry_script: score.py}
            """;

    private Jobs() {}

    /** A job with some lines more. */
    static LoadedJob load(String more) {
        return JobReader.read(JOB + more, "job.yml", Path.of("/jobs"), ReadOptions.plain());
    }
}
