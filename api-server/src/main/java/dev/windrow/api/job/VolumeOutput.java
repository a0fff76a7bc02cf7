package dev.windrow.api.job;

import dev.windrow.api.http.Answer;
import dev.windrow.disk.VisibleFiles.Entry;
import dev.windrow.runtime.VolumePath;
import dev.windrow.runtime.transfer.Transfers;
import dev.windrow.runtime.transfer.VolumeFiles;
import dev.windrow.store.register.ComputeKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** An output that only pods see. Its answers hold no thread of the server's few while pods work. */
final class VolumeOutput {

    private final VolumeFiles files;
    private final ExecutorService threads;

    VolumeOutput(Transfers transfers, String workspace, VolumePath place) {
        ComputeKey compute = new ComputeKey(workspace, place.compute());
        this.files = transfers.files(compute, place.store(), place.path());
        this.threads = transfers.threads();
    }

    /** A page of its files. */
    Answer page(FilePages asked, boolean complete, String url) {
        return later(() -> asked.page(files.after(asked.after(), asked.max()), complete, url));
    }

    /** One of its files, or the range of it that is asked for. */
    Answer file(String path, String type) {
        return later(() -> {
            Entry found = files.find(path).orElseThrow(() -> FileTree.notFound(path));
            return new Answer.Flow(
                    found.bytes(),
                    type,
                    threads,
                    (from, to, sink) -> files.copy(path, from, to, sink::accept));
        });
    }

    private Answer later(Supplier<Answer> work) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    answer.complete(work.get());
                } catch (RuntimeException e) {
                    answer.completeExceptionally(new CompletionException(e));
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new CompletionException(e));
        }
        return new Answer.Later(answer);
    }
}
