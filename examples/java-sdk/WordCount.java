import dev.windrow.client.DownloadOptions;
import dev.windrow.client.ParallelJob;
import dev.windrow.client.SubmittedJob;
import dev.windrow.client.Workspace;
import java.io.IOException;
import java.nio.file.Path;

/** Builds the job of example 01 in Java, submits it, watches it and fetches its rows. */
public final class WordCount {
    public static void main(String[] arguments) throws IOException {
        Path here = Path.of("examples/java-sdk").toAbsolutePath();
        ParallelJob job =
                ParallelJob.builder()
                        .basePath(here.resolveSibling("01-word-count"))
                        .displayName("word-count-from-java")
                        .inputFolder("texts", "./texts")
                        .outputFile("counts", here.resolve("out/counts.txt").toString())
                        .inputData("texts")
                        .miniBatchSize("4")
                        .maxConcurrencyPerInstance(2)
                        .retrySettings(retry -> retry.maxRetries(2).timeout(30))
                        .task(task -> task.code("./src").entryScript("count_words.py")
                                .programArguments("--top 3").appendRowTo("counts"))
                        .build();
        job.dump(System.out);
        SubmittedJob submitted = Workspace.fromEnvironment().jobs().create(job);
        submitted.stream(System.out);
        System.out.println(submitted.download(here.resolve("out/download"), DownloadOptions.output("counts")));
    }
}
