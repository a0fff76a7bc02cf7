package dev.windrow.runtime;

import dev.windrow.model.Input;
import dev.windrow.model.ParallelJob;
import dev.windrow.model.RunFunction;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.content.ContentException;
import dev.windrow.runtime.content.ContentStore;
import dev.windrow.spec.InvalidJobException;
import dev.windrow.spec.JobFiles;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.Mistake;
import dev.windrow.spec.MistakeCode;
import dev.windrow.spec.Place;
import dev.windrow.spec.content.ContentRef;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts paths on this machine in the place of what a job names of uploaded content. */
final class UploadedPaths {

    private static final String CODE = "task.code";

    private final ContentStore content;
    private final LoadedJob loaded;
    private final JobFolder folder;
    private final List<Mistake> mistakes = new ArrayList<>();

    UploadedPaths(ContentStore content, LoadedJob loaded, JobFolder folder) {
        this.content = content;
        this.loaded = loaded;
        this.folder = folder;
    }

    /** Digests of the uploaded folders that a job names. */
    static Set<String> digests(ParallelJob job) {
        Set<String> digests = new LinkedHashSet<>();
        job.task()
                .code()
                .flatMap(ContentRef::parse)
                .map(ContentRef::digest)
                .ifPresent(digests::add);
        for (Input input : job.inputs().values()) {
            if (input instanceof Input.Data data) {
                ContentRef.parse(data.path()).map(ContentRef::digest).ifPresent(digests::add);
            }
        }
        return digests;
    }

    /**
     * The job with these paths; the same when it names no content.
     *
     * @throws InvalidJobException with all that is not there
     */
    LoadedJob placed() {
        ParallelJob job = loaded.job();
        Map<String, Input> inputs = new LinkedHashMap<>(job.inputs());
        inputs.replaceAll((name, input) -> placed(name, input));
        Optional<String> code = job.task().code().map(this::code);
        if (!mistakes.isEmpty()) {
            throw new InvalidJobException("job", mistakes);
        }
        if (inputs.equals(job.inputs()) && code.equals(job.task().code())) {
            return loaded;
        }
        ParallelJob placed =
                job.toBuilder().inputs(inputs).task(withCode(job.task(), code)).build();
        LoadedJob result =
                new LoadedJob(
                        placed,
                        loaded.baseFolder(),
                        loaded.warnings(),
                        loaded.places(),
                        loaded.overridden());
        if (!snapshotIsThere()) {
            JobFiles.checkCode(result);
        }
        return result;
    }

    private static RunFunction withCode(RunFunction task, Optional<String> code) {
        return new RunFunction(
                code,
                task.entryScript(),
                task.programArguments(),
                task.environment(),
                task.appendRowTo());
    }

    private Input placed(String name, Input input) {
        return input instanceof Input.Data data && ContentRef.claims(data.path())
                ? data.withPath(path("inputs." + name + ".path", data.path()))
                : input;
    }

    /** A job that goes on has its code already. */
    private String code(String written) {
        if (!ContentRef.claims(written)) {
            return written;
        }
        int before = mistakes.size();
        String path = path(CODE, written);
        if (mistakes.size() > before && snapshotIsThere()) {
            mistakes.removeLast();
        }
        return path;
    }

    private boolean snapshotIsThere() {
        return Files.isDirectory(folder.code());
    }

    private String path(String field, String written) {
        Optional<ContentRef> ref = ContentRef.parse(written);
        if (ref.isEmpty()) {
            refuse(MistakeCode.INVALID_VALUE, field, written, "content:sha256:DIGEST/PATH");
            return written;
        }
        try {
            return content.open(ref.get()).toString();
        } catch (ContentException e) {
            refuse(
                    MistakeCode.FILE_NOT_FOUND,
                    field,
                    written,
                    "something that was uploaded to this workspace");
            return written;
        }
    }

    private void refuse(MistakeCode code, String field, String value, String rule) {
        String written = field.equals(CODE) && loaded.places().containsKey("code") ? "code" : field;
        Place place = loaded.place(written);
        mistakes.add(
                new Mistake(
                        code,
                        "%s: %s (expected: %s)".formatted(written, value, rule),
                        written,
                        place.line(),
                        place.column(),
                        value,
                        rule));
    }
}
