package dev.windrow.runtime;

import dev.windrow.model.EffectiveSettings;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.compute.Launch;
import dev.windrow.runtime.compute.PreparedJob;
import dev.windrow.runtime.job.CodeSnapshot;
import dev.windrow.spec.Notice;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A job that has been checked and is ready to be run.
 *
 * @param code where its code is
 * @param notices what its author should know
 * @param outputs where each output will be
 */
public record PreparedRun(
        RunRequest request,
        CodeSnapshot.Source code,
        JobFolder folder,
        PreparedJob places,
        Launch launch,
        List<Notice> notices,
        Map<String, String> outputs) {

    public EffectiveSettings settings() {
        return launch.settings();
    }

    /** The same with code from elsewhere. */
    PreparedRun withCode(CodeSnapshot.Source other) {
        return new PreparedRun(request, other, folder, places, launch, notices, outputs);
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
