package dev.windrow.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A job file with a script and small inputs, for pods. */
final class ClusterJobs {

    private ClusterJobs() {}

    /**
     * Writes one whose rows go to {@code azureml/NAME/rows/parallel_run_step.txt} of the default
     * datastore, one for each file in its order.
     *
     * @param folder made here
     * @param more lines of the job file
     */
    static Path write(Path folder, int files, String script, String more) throws IOException {
        Path in = Files.createDirectories(folder.resolve("in"));
        for (int i = 0; i < files; i++) {
            Files.writeString(in.resolve("%05d.txt".formatted(i)), "row " + i);
        }
        Files.writeString(Files.createDirectory(folder.resolve("src")).resolve("run.py"), script);
        return Files.writeString(
                folder.resolve("job.yml"),
                """
                type: parallel
                inputs:
                  files: {type: uri_folder, path: ./in}
                outputs:
                  rows: {type: uri_file}
                input_data: ${{inputs.files}}
                mini_batch_size: "1"
                max_concurrency_per_instance: 1
                retry_settings: {max_retries: 0}
                error_threshold: 0
                task:
                  type: run_function
                  code: ./src
                  entry_script: run.py
                  append_row_to: ${{outputs.rows}}
                """
                        + more);
    }
}
