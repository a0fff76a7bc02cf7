package dev.windrow.cli;

import dev.windrow.client.JobMistake;
import dev.windrow.client.Uploading;
import dev.windrow.spec.MistakeCode;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** Whether code and inputs are sent to a server. */
final class UploadOptions {

    private final OptionSpec upload =
            Args.flag(
                    "send code and inputs (the default for a server on another machine)",
                    "--upload");
    private final OptionSpec noUpload =
            Args.flag(
                    "let the server read them at their paths (the default for one on this machine)",
                    "--no-upload");

    List<OptionSpec> all() {
        return List.of(upload, noUpload);
    }

    Uploading uploading() {
        if (Args.given(upload) && Args.given(noUpload)) {
            throw new UsageException("--upload: given (expected: not beside --no-upload)");
        }
        return Args.given(upload)
                ? Uploading.ALWAYS
                : Args.given(noUpload) ? Uploading.NEVER : Uploading.WHEN_ELSEWHERE;
    }

    /** What helps when a server does not find files that were found here. */
    Optional<String> advice(List<JobMistake> mistakes) {
        boolean unseen =
                mistakes.stream()
                        .anyMatch(one -> one.code().equals(MistakeCode.FILE_NOT_FOUND.name()));
        return unseen && uploading() == Uploading.WHEN_ELSEWHERE
                ? Optional.of(
                        "the server does not see the files of this machine, as one in a container; --upload sends them")
                : Optional.empty();
    }
}
