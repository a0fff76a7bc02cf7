package dev.windrow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A job over text files, in a folder of its own. */
record Example(Path folder) {

    /** A job over that many files, one a mini-batch, with two workers. */
    static Example of(Path folder, int files, String script) throws IOException {
        Files.createDirectories(folder.resolve("in"));
        Files.createDirectories(folder.resolve("src"));
        for (int i = 0; i < files; i++) {
            Files.writeString(folder.resolve("in/f%03d".formatted(i)), "x");
        }
        Example example = new Example(folder);
        Files.writeString(
                folder.resolve("job.yml"),
                """
                type: parallel
                inputs:
                  files: {type: uri_folder, path: ./in}
                outputs:
                  rows: {type: uri_file, path: ./out/rows.txt}
                input_data: ${{inputs.files}}
                mini_batch_size: "1"
                max_concurrency_per_instance: 2
                retry_settings: {max_retries: 0}
                task:
                  type: run_function
                  code: ./src
                  entry_script: entry.py
                  append_row_to: ${{outputs.rows}}
                """);
        example.script(script);
        return example;
    }

    Example script(String text) throws IOException {
        Files.writeString(folder.resolve("src/entry.py"), text);
        return this;
    }

    Path rows() {
        return folder.resolve("out/rows.txt");
    }
}
