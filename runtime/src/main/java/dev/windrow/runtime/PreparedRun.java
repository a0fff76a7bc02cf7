package dev.windrow.runtime;

import dev.windrow.model.EffectiveSettings;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.compute.Launch;
import dev.windrow.runtime.compute.PreparedJob;
import dev.windrow.runtime.job.CodeSnapshot;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.Notice;
import dev.windrow.spec.content.ContentRef;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A job that has been checked and is ready to be run.
 *
 * @param placed the job with paths on this machine in the place of what was uploaded
 * @param notices what its author should know
 * @param outputs where each output will be
 */
public record PreparedRun(
        RunRequest request,
        LoadedJob placed,
        JobFolder folder,
        PreparedJob places,
        Launch launch,
        List<Notice> notices,
        Map<String, String> outputs) {

    public EffectiveSettings settings() {
        return launch.settings();
    }

    /** Where its code is. */
    CodeSnapshot.Source code() {
        String written = request.loaded().job().task().code().orElse(".");
        String code = placed.job().task().code().orElse(".");
        return new CodeSnapshot.Source(
                placed.baseFolder().resolve(code).normalize(), ContentRef.claims(written));
    }

    /** Digests of the uploaded folders it needs. */
    public Set<String> uploads() {
        return UploadedPaths.digests(request.loaded().job());
    }

    public String name() {
        return request.name();
    }

    /** True when rows are collected into an output. */
    public boolean appends() {
        return request.loaded().job().task().appendRowTo().isPresent();
    }
}
