package dev.windrow.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.job.FleetStage;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.Holdings;
import dev.windrow.protocol.Protocol;
import dev.windrow.protocol.Token;
import dev.windrow.runtime.RunRequest;
import dev.windrow.runtime.compute.PodImages;
import dev.windrow.runtime.host.AgentEntrance.Admission;
import dev.windrow.spec.JobReader;
import dev.windrow.spec.ReadOptions;
import dev.windrow.store.register.JobEvent;
import dev.windrow.store.register.JobKey;
import dev.windrow.store.register.Register;
import dev.windrow.store.register.RegisteredJob.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server shows of a job while its fleet is being made. */
@Timeout(60)
final class StagedFleetTest {

    private static final String SPEC =
            """
            type: parallel
            inputs:
              docs: {type: uri_folder, path: ./in}
            input_data: ${{inputs.docs}}
            mini_batch_size: "1"
            task:
              type: run_function
              code: ./src
              entry_script: entry.py
            """;
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");
    private static final Holdings NOTHING = new Holdings(List.of(), Token.NONE, Token.NONE, 0);

    @TempDir private Path home;
    private Register register;
    private JobHost host;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(home.resolve("server"));
        Files.createDirectories(home.resolve("in"));
        Files.createDirectories(home.resolve("src"));
        Files.writeString(home.resolve("src/entry.py"), "def run(mini_batch): pass\n");
        Files.writeString(home.resolve("job.yml"), SPEC);
        stage(FleetStage.PROVISIONING, "");
        register = Register.open(home.resolve("server/register.db"));
        start();
    }

    private void start() throws IOException {
        host =
                new JobHost(
                        home,
                        register,
                        new HostLimits(1, 10),
                        new AgentSide(() -> NOWHERE, () -> NOWHERE, new PodImages("agent", "job")),
                        InstantSource.system(),
                        HostMeters.NONE);
        host.takeUp();
    }

    @AfterEach
    void close() {
        host.close();
    }

    private void stage(FleetStage stage, String waits) throws IOException {
        StagedComputes.stage(home, stage, waits);
    }

    private static JobKey key(String job) {
        return new JobKey("default", job);
    }

    private void submit(String job) throws IOException {
        RunRequest request =
                new RunRequest(
                        job,
                        JobReader.read(home.resolve("job.yml"), ReadOptions.plain()),
                        Optional.empty(),
                        OptionalInt.empty());
        host.submit("default", request, "ada");
    }

    private JobView await(String job, Predicate<JobView> wanted) {
        JobView view = host.find(key(job));
        while (!wanted.test(view)) {
            Thread.onSpinWait();
            view = host.find(key(job));
        }
        return view;
    }

    private void awaitWait(String job, JobStatus status, String waits) {
        JobView view =
                await(
                        job,
                        one -> one.reason().filter(why -> why.message().equals(waits)).isPresent());
        assertThat(view.status()).isEqualTo(status);
        assertThat(view.reason()).contains(new Reason("WAITING", waits, Optional.empty()));
    }

    private List<String> told(String job, String kind) {
        return host.events(key(job), 0, 1_000).stream()
                .filter(event -> event.kind().equals(kind))
                .map(JobEvent::text)
                .toList();
    }

    private void cancel(String job) {
        host.cancel(key(job), "ada");
        await(job, one -> one.job().endedAt().isPresent());
    }

    @Test
    void showsHowFarTheFleetIsAndWhyNothingRunsYet() throws IOException {
        submit("nightly");
        await("nightly", one -> one.status() == JobStatus.PROVISIONING);
        stage(FleetStage.PREPARING, "the environment is being made");
        awaitWait("nightly", JobStatus.PREPARING, "the environment is being made");
        stage(FleetStage.QUEUED, "quota of pods: 4 of 4");
        awaitWait("nightly", JobStatus.QUEUED, "quota of pods: 4 of 4");
        stage(FleetStage.PROVISIONING, "its pods are being made");
        awaitWait("nightly", JobStatus.QUEUED, "its pods are being made");
        cancel("nightly");
        assertThat(told("nightly", JobEvent.STATUS))
                .startsWith("Starting", "Provisioning", "Preparing", "Queued")
                .endsWith("Canceled")
                .doesNotHaveDuplicates();
        assertThat(told("nightly", "fleet_waits")).startsWith("the environment is being made");
        assertThat(host.find(key("nightly")).reason().orElseThrow().code()).isEqualTo("CANCELED");
    }

    @Test
    void doesNotGoBackWhenTheJobHadToWaitForRoomBefore() throws IOException {
        submit("first");
        submit("second");
        await("second", one -> one.status() == JobStatus.QUEUED);
        cancel("first");
        stage(FleetStage.PROVISIONING, "its pods are being made");
        awaitWait("second", JobStatus.QUEUED, "its pods are being made");
        stage(FleetStage.PREPARING, "nearly");
        awaitWait("second", JobStatus.QUEUED, "nearly");
        cancel("second");
        assertThat(told("second", JobEvent.STATUS))
                .startsWith("Starting", "Queued")
                .doesNotContain("Provisioning", "Preparing");
    }

    @Test
    void goesOnWhereItWasUnderTheNextServer() throws IOException {
        stage(FleetStage.PREPARING, "");
        submit("nightly");
        await("nightly", one -> one.status() == JobStatus.PREPARING);
        host.close();
        stage(FleetStage.PROVISIONING, "its pods are looked for");
        start();
        awaitWait("nightly", JobStatus.PREPARING, "its pods are looked for");
        cancel("nightly");
        assertThat(told("nightly", JobEvent.STATUS)).doesNotHaveDuplicates();
    }

    @Test
    void tellsItsInstanceWhatToDoAndSaysNothingMoreOnceThatIsThere() throws IOException {
        stage(FleetStage.QUEUED, "image of the job is being pulled");
        submit("nightly");
        awaitWait("nightly", JobStatus.QUEUED, "image of the job is being pulled");
        String token = host.agentToken(key("nightly"));
        assertThat(host.agents().join(token, OptionalInt.of(0)))
                .isInstanceOfSatisfying(
                        Admission.Joined.class,
                        told -> assertThat(told.configuration()).containsExactly(42));
        assertThat(host.agents().join(token, OptionalInt.of(1)))
                .isEqualTo(new Admission.NotNeeded());
        assertThat(host.agents().join(token, OptionalInt.empty()))
                .isEqualTo(new Admission.NotYet());
        assertThat(host.agents().connect(token, 0, _ -> {}))
                .isInstanceOfSatisfying(
                        Admission.Connected.class,
                        in -> {
                            in.connection()
                                    .send(new AgentMessage.Hello(Protocol.VERSION, 0, NOTHING));
                            JobView view = await("nightly", one -> one.reason().isEmpty());
                            assertThat(view.status()).isEqualTo(JobStatus.QUEUED);
                            host.cancel(key("nightly"), "ada");
                            await("nightly", one -> one.status() == JobStatus.CANCEL_REQUESTED);
                            in.connection().send(new AgentMessage.WorkersEnded());
                        });
        await("nightly", one -> one.job().endedAt().isPresent());
    }
}
