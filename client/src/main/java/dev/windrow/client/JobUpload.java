package dev.windrow.client;

import dev.windrow.model.Input;
import dev.windrow.model.Output;
import dev.windrow.model.ParallelJob;
import dev.windrow.model.RunFunction;
import dev.windrow.spec.LocalPath;
import dev.windrow.spec.content.FolderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends code and local inputs of a job, and names what was sent in their place. */
final class JobUpload {
    private final FolderUpload folders;
    private final UploadListener listener;
    private final Path base;

    /**
     * @param base absolute folder that relative paths start from
     */
    JobUpload(FolderUpload folders, UploadListener listener, Path base) {
        this.folders = folders;
        this.listener = listener;
        this.base = base;
    }

    /**
     * Gives the job for a server that knows nothing of this machine.
     *
     * @throws ValidationException for something that cannot be sent
     */
    ParallelJob sent(ParallelJob job) {
        Map<String, Input> inputs = new LinkedHashMap<>(job.inputs());
        inputs.replaceAll(
                (name, input) -> input instanceof Input.Data data ? input(name, data) : input);
        Map<String, Output> outputs = new LinkedHashMap<>(job.outputs());
        outputs.replaceAll(this::output);
        return job.toBuilder().inputs(inputs).outputs(outputs).task(task(job.task())).build();
    }

    /** Sends a folder of code, and gives the reference to it. */
    String code(Path folder) {
        return send("task.code", folder, true);
    }

    private RunFunction task(RunFunction task) {
        String code = task.code().orElse(".");
        Optional<Path> folder = LocalPath.resolve(base, code).filter(Files::isDirectory);
        return new RunFunction(
                Optional.of(folder.map(path -> send("task.code", path, true)).orElse(code)),
                task.entryScript(),
                task.programArguments(),
                task.environment(),
                task.appendRowTo());
    }

    private Input input(String name, Input.Data data) {
        // What is not here may be there: only the server knows.
        return LocalPath.resolve(base, data.path())
                .filter(Files::exists)
                .<Input>map(path -> data.withPath(send("inputs." + name + ".path", path, false)))
                .orElse(data);
    }

    private String send(String field, Path path, boolean code) {
        try {
            return folders.send(field, path, code).toString();
        } catch (FolderException | ChangedFileException e) {
            throw refused(field, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw refused(field, "%s (expected: files this user may read)".formatted(e));
        }
    }

    private static ValidationException refused(String field, String why) {
        String message = field + ": " + why;
        JobMistake mistake =
                new JobMistake(
                        "NOT_UPLOADED",
                        message,
                        Optional.of(field),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return new ValidationException("NOT_UPLOADED", message, List.of(mistake));
    }

    /** A folder beside the job file means nothing on the server's machine. */
    private Output output(String name, Output output) {
        if (output.path().filter(JobUpload::isRelative).isEmpty()) {
            return output;
        }
        listener.noted(
                "outputs.%s.path: %s is not on the server; the output goes to the default datastore, and job download brings it here"
                        .formatted(name, output.path().get()));
        return new Output(output.type(), output.mode(), Optional.empty(), output.overwrite());
    }

    private static boolean isRelative(String path) {
        String bare = path.startsWith("file:") ? path.substring("file:".length()) : path;
        return !bare.startsWith("/") && !bare.startsWith("${{") && !LocalPath.hasScheme(bare);
    }
}
