package dev.windrow.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.windrow.client.JobFilter.View;
import dev.windrow.model.Bindable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client finds with any server that keeps the contract. */
abstract class JobApiContract {

    @TempDir private Path folder;
    private JobClient jobs = Workspace.at(Workspace.USUAL_SERVER).jobs();

    /** Gives a workspace with no jobs in it. */
    abstract Workspace workspace();

    /** Gives a job over the folder's files that ends well by itself, with an output counts. */
    abstract ParallelJobBuilder quick(Path base);

    /** Gives a job over the folder's files that ends only when canceled. */
    abstract ParallelJobBuilder slow(Path base);

    @BeforeEach
    void begin() throws IOException {
        Samples.folder(folder);
        jobs = workspace().jobs();
    }

    @Test
    void takesTheSameJobTwiceAndNoOtherOfItsName() {
        ParallelJob job = quick(folder).name("oats").tag("team", "barn").build();
        assertThat(job.status()).isEqualTo(JobStatus.NOT_STARTED);
        SubmittedJob first = jobs.create(job);
        assertThat(first.status()).isNotEqualTo(JobStatus.NOT_STARTED);
        assertThat(first.id()).isEqualTo("/workspaces/default/jobs/oats");
        assertThat(first.type()).isEqualTo("parallel");
        assertThat(first.tags()).containsEntry("team", "barn");
        assertThat(first.basePath()).contains(folder);
        assertThat(jobs.create(job).id()).isEqualTo(first.id());
        ParallelJob other =
                quick(folder).name("oats").tag("team", "barn").errorThreshold(3).build();
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> jobs.create(other))
                .withMessageContaining("error_threshold")
                .satisfies(e -> assertThat(e.code()).isEqualTo("JOB_CONFLICT"));
    }

    @Test
    void makesANameForAJobThatHasNone() {
        SubmittedJob job = jobs.create(quick(folder).build());
        assertThat(job.name()).matches("[a-z]+_[a-z]+_[a-z2-7]{10}");
        assertThat(jobs.get(job.name()).id()).isEqualTo(job.id());
    }

    @Test
    void appliesWhatIsSaidBesideTheJob() {
        CreateOptions options =
                CreateOptions.usual().withName("rye").withSet("retry_settings.timeout=7");
        SubmittedJob job = jobs.create(quick(folder).name("oats").build(), options);
        assertThat(job.name()).isEqualTo("rye");
        assertThat(job.spec().retrySettings().timeout()).contains(Bindable.of(7));
    }

    @Test
    void reportsMistakesBeforeAndAtTheServer() {
        ParallelJob noScript =
                quick(folder).name("oats").task(task -> task.entryScript("gone.py")).build();
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> jobs.create(noScript))
                .satisfies(e -> assertThat(e.mistakes()).isNotEmpty());
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> jobs.create(noScript, CreateOptions.usual().withoutValidation()))
                .satisfies(e -> assertThat(e.mistakes().getFirst().code()).isNotBlank());
        assertThat(jobs.validate(noScript).valid()).isFalse();
        assertThat(jobs.validate(noScript).errors()).isNotEmpty();
        assertThat(jobs.validate(quick(folder).build()).valid()).isTrue();
        assertThat(jobs.list(JobFilter.active())).isEmpty();
    }

    @Test
    void followsAJobToItsEndAndFetchesWhatItMade(@TempDir Path into) throws IOException {
        SubmittedJob job = jobs.create(quick(folder).name("oats").build());
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        job.stream(new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("job oats  ", "Running", "Completed  oats");
        assertThat(job.waitForCompletion(Duration.ZERO)).isTrue();
        assertThat(job.miniBatches().unprocessed()).isZero();
        Downloaded done = job.download(into, DownloadOptions.everything());
        assertThat(done.files()).isGreaterThan(1);
        assertThat(into.resolve("named-outputs/counts")).isNotEmptyDirectory();
        assertThat(job.logFiles()).isNotEmpty();
        assertThat(job.logFiles().keySet())
                .allSatisfy(path ->
                        assertThat(into.resolve("artifacts").resolve(path)).isRegularFile());
    }

    @Test
    void tellsAllAboutAJob() {
        SubmittedJob job = jobs.create(quick(folder).name("oats").build());
        job.waitForCompletion(Duration.ofMinutes(1));
        assertThat(jobs.miniBatches("oats").count()).isEqualTo(job.miniBatches().total());
        assertThat(jobs.failedMiniBatches("oats")).isEmpty();
        assertThat(jobs.miniBatch("oats", 0).itemNames()).isNotEmpty();
        assertThat(jobs.why("oats").answer()).isNotBlank();
        assertThat(jobs.settings("oats")).isNotEmpty();
        assertThat(jobs.outputs("oats")).extracting(JobOutput::name).containsExactly("counts");
        assertThat(job.creationContext().createdBy()).isNotBlank();
        assertThat(job.studioUrl()).startsWith("http");
    }

    @Test
    void givesBackWhatWasSubmitted() {
        ParallelJob job = quick(folder).name("oats").build();
        SubmittedJob made = jobs.create(job);
        assertThat(made.spec()).isEqualTo(job);
    }

    @Test
    void stopsAJobThatIsAskedTo(@TempDir Path into) {
        SubmittedJob job = jobs.create(slow(folder).name("oats").build());
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> job.download(into, DownloadOptions.logs()));
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> jobs.delete("oats"));
        assertThat(jobs.agentToken("oats")).startsWith("wj_");
        job.cancel();
        job.cancel();
        List<JobStatus> seen = new ArrayList<>();
        job.stream(
                new JobListener() {
                    @Override
                    public void end(JobSnapshot ended) {
                        seen.add(ended.status());
                    }
                });
        assertThat(seen).containsExactly(JobStatus.CANCELED);
        assertThat(job.status()).isEqualTo(JobStatus.CANCELED);
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(job::cancel)
                .satisfies(e -> assertThat(e.code()).isEqualTo("JOB_ENDED"));
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> jobs.agentToken("oats"))
                .satisfies(e -> assertThat(e.code()).isEqualTo("JOB_ENDED"));
    }

    @Test
    void listsWhatIsAskedFor() {
        for (int i = 0; i < 5; i++) {
            String name = "job-" + i;
            jobs.create(quick(folder).name(name).tag("even", "" + (i % 2 == 0)).build());
        }
        jobs.list(JobFilter.active()).forEach(job -> job.waitForCompletion(Duration.ofMinutes(1)));
        jobs.archive("job-3");
        assertThat(names(JobFilter.active())).containsExactly("job-4", "job-2", "job-1", "job-0");
        assertThat(names(JobFilter.active().view(View.ARCHIVED))).containsExactly("job-3");
        assertThat(names(JobFilter.active().tag("even", "true").status(JobStatus.COMPLETED)))
                .containsExactly("job-4", "job-2", "job-0");
        assertThat(names(JobFilter.active().status(JobStatus.FAILED, JobStatus.QUEUED))).isEmpty();
        jobs.restore("job-3");
        assertThat(names(JobFilter.active().tag("even"))).hasSize(5);
        jobs.delete("job-3");
        assertThat(names(JobFilter.active().view(View.ALL))).hasSize(4);
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> jobs.get("job-3"));
    }

    private List<String> names(JobFilter filter) {
        return jobs.list(filter).map(SubmittedJob::name).toList();
    }

    @Test
    void changesLabelsButNoProperty() {
        jobs.create(quick(folder).name("oats").tag("a", "1").property("p", "1").build());
        SubmittedJob job =
                jobs.update(
                        "oats",
                        JobUpdate.none()
                                .tag("b", "2")
                                .withoutTag("a")
                                .displayName("Oats")
                                .property("q", "2"));
        assertThat(job.displayName()).contains("Oats");
        assertThat(job.tags()).containsOnlyKeys("b");
        assertThat(job.properties()).containsOnlyKeys("p", "q");
        assertThat(jobs.update("oats", JobUpdate.none().withoutDisplayName()).displayName())
                .isEmpty();
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> jobs.update("oats", JobUpdate.none().property("p", "2")));
    }

    @Test
    void findsNothingThatIsNotThere(@TempDir Path into) {
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> jobs.get("rye"));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> jobs.delete("rye"));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> jobs.cancel("rye"));
        SubmittedJob job = jobs.create(quick(folder).name("oats").build());
        job.waitForCompletion(Duration.ofMinutes(1));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> job.download(into, DownloadOptions.output("none")));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> jobs.logs("oats").read("none.txt"));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> jobs.miniBatch("oats", 1_000_000));
    }
}
