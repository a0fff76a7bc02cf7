package dev.windrow.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A job file with its script and its input, in a folder of its own. */
final class JobFixture {

    private final Path folder;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final List<String> arguments = new ArrayList<>();
    private boolean appends = true;
    private String environment = "";
    private String script = "def run(mini_batch):\n    return list(mini_batch)\n";

    private JobFixture(Path folder) {
        this.folder = folder;
    }

    /** A job over {@code count} files {@code f00000 …}; each holds its own name. */
    static JobFixture withFiles(Path folder, int count) {
        Path in = folder.resolve("in");
        try {
            for (int i = 0; i < count; i++) {
                Path group = Files.createDirectories(in.resolve("%03d".formatted(i / 1000)));
                String name = "f%05d".formatted(i);
                Files.writeString(group.resolve(name), name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new JobFixture(folder);
    }

    JobFixture script(String text) {
        script = text;
        return this;
    }

    /** Sets a field of the job; the value is YAML. */
    JobFixture field(String name, String yaml) {
        fields.put(name, yaml);
        return this;
    }

    JobFixture argument(String argument) {
        arguments.add(argument);
        return this;
    }

    /** Sets the environment of the task; the value is YAML. */
    JobFixture environment(String yaml) {
        environment = yaml;
        return this;
    }

    JobFixture withoutAppending() {
        appends = false;
        return this;
    }

    Path folder() {
        return folder;
    }

    Path input() {
        return folder.resolve("in");
    }

    Path target() {
        return folder.resolve("out").resolve("rows.txt");
    }

    /** Writes job.yml and the script; returns the job file. */
    Path write() {
        StringBuilder yaml = new StringBuilder();
        yaml.append("type: parallel\n");
        fields.putIfAbsent("inputs", "{files: {type: uri_folder, path: ./in}}");
        fields.putIfAbsent("outputs", "{rows: {type: uri_file, path: ./out/rows.txt}}");
        yaml.append("input_data: ${{inputs.files}}\n");
        fields.forEach((name, value) -> yaml.append(name).append(": ").append(value).append('\n'));
        yaml.append("task:\n  type: run_function\n  code: ./src\n  entry_script: entry.py\n");
        if (!arguments.isEmpty()) {
            yaml.append("  program_arguments: >-\n    ")
                    .append(String.join(" ", arguments))
                    .append('\n');
        }
        if (!environment.isEmpty()) {
            yaml.append("  environment: ").append(environment).append('\n');
        }
        if (appends) {
            yaml.append("  append_row_to: ${{outputs.rows}}\n");
        }
        try {
            Path src = Files.createDirectories(folder.resolve("src"));
            Files.writeString(src.resolve("entry.py"), script);
            return Files.writeString(folder.resolve("job.yml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
