package dev.windrow.system;

import static dev.windrow.system.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.system.Windrow.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * What a user is told of a job whose pods have trouble, and each status that a job goes through.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(ClusterMachine.MACHINES)
final class ClusterStatusIT {

    private static final String SCRIPT =
            """
            import os
            import time

            def init():
                assert not os.environ.get("REFUSE"), "no model at /models/a"

            def run(mini_batch):
                if os.environ.get("EAT"):
                    eaten = [b"x" * (16 << 20) for _ in range(100)]
                time.sleep(float(os.environ.get("REST", "0")))
                return [open(name).read() for name in mini_batch]
            """;

    private static final String TYPES =
            """
            type: kubernetes
            instance_types:
              huge:
                resources: {requests: {cpu: 1000, memory: 1Gi}, limits: {cpu: 1000, memory: 1Gi}}
              small:
                resources: {requests: {cpu: 100m, memory: 320Mi}, limits: {cpu: 1, memory: 320Mi}}
              far:
                node_selector: {place: moon}
                resources: {requests: {cpu: 100m, memory: 320Mi}, limits: {cpu: 1, memory: 320Mi}}
            """;

    @TempDir static Path folder;
    private static ClusterSpace space;
    private static Path job;

    @BeforeAll
    static void attach() throws IOException {
        space = ClusterSpace.orSkip(folder).attached(TYPES);
        space.kubectl.apply(
                """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: unbound, namespace: %s}
                spec:
                  accessModes: [ReadWriteMany]
                  storageClassName: nobody
                  resources: {requests: {storage: 1Gi}}
                """
                        .formatted(space.namespace()));
        space.online("datastore", "create", "unbound", "--type", "pvc", "--path", "unbound");
        job = ClusterJobs.write(folder.resolve("job"), 20, SCRIPT, "");
    }

    @AfterAll
    static void remove() {
        if (space != null) {
            space.close();
        }
    }

    private static void submit(String name, String... more) {
        List<String> words =
                new ArrayList<>(List.of("job", "create", "-f", job.toString(), "-n", name));
        words.addAll(List.of("--compute", "pods", "--query", "status", "-o", "tsv"));
        words.addAll(List.of(more));
        assertThat(space.online(words.toArray(String[]::new)).out().strip())
                // Whichever it has come to by the time of the answer.
                .isIn("NotStarted", "Starting", "Provisioning", "Queued");
    }

    private static String said(String name) {
        JsonNode shown = space.job(name);
        JsonNode reason = shown.path("status_reason");
        return "%s: %s: %s"
                .formatted(
                        shown.path("status").asString(),
                        reason.path("code").asString(""),
                        reason.path("message").asString(""));
    }

    private static void awaitSaid(String name, String status, String sentence) {
        AtomicReference<String> last = new AtomicReference<>("");
        await(
                "%s: %s; %s".formatted(status, sentence, last),
                () -> {
                    last.set(said(name));
                    return last.get().startsWith(status + ": ") && last.get().contains(sentence);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cpu | resources.instance_type=huge | no machine has enough CPU free: 0/1 nodes are available",
                "label | resources.instance_type=far | no machine has the labels it asks for: 0/1 nodes",
                "image | task.environment.image=windrow.test/none:1 | image windrow.test/none:1 cannot be pulled",
                "volume | outputs.rows.path=azureml://datastores/unbound/paths/rows.txt | a volume claim of it has no volume yet",
            })
    void aPodThatCannotBeginIsQueuedAndSaysWhy(String name, String set, String sentence) {
        submit(name, "--set", set);
        awaitSaid(name, "Queued: WAITING", sentence);
        assertThat(space.online("job", "why", name).out()).contains(sentence);
        space.online("job", "cancel", name);
        awaitSaid(name, "Canceled", "");
    }

    @Test
    void aQuotaThatIsUsedUpIsWaitedForAndNamed() {
        space.kubectl("create", "quota", "none", "--hard=pods=0");
        submit("quota");
        awaitSaid("quota", "Provisioning: WAITING", "the quota of the namespace is used up: none");
        space.kubectl("delete", "quota", "none");
        awaitSaid("quota", "Completed", "");
    }

    @Test
    void anAccountThatIsMissingIsWaitedForAndNamed() {
        space.kubectl("delete", "serviceaccount", "windrow-job");
        submit("account");
        awaitSaid(
                "account",
                "Provisioning: WAITING",
                "ServiceAccount windrow-job is not there in namespace " + space.namespace());
        space.kubectl("create", "serviceaccount", "windrow-job");
        awaitSaid("account", "Completed", "");
    }

    @Test
    void aScriptThatTakesTooMuchMemoryIsToldItsLimit() {
        submit(
                "memory",
                "--set",
                "resources.instance_type=small",
                "--set",
                "environment_variables.EAT=1");
        awaitSaid("memory", "Failed: ITEM_THRESHOLD_EXCEEDED", "error_threshold: 1 failed item");
        assertThat(space.online("job", "show", "memory").out())
                .contains("killed by signal 9 (out of memory, limit 320 MiB, peak 320 MiB)");
    }

    @Test
    void aScriptThatCannotBeginFailsTheJobWithItsError() {
        submit("init", "--set", "environment_variables.REFUSE=1");
        awaitSaid("init", "Failed: INIT_FAILED", "no model at /models/a");
    }

    @Test
    void anImageWithoutPythonFailsTheJobWithWhatWasLookedFor() {
        submit("python", "--set", "environment_variables.WINDROW_PYTHON=/nowhere/python");
        awaitSaid("python", "Failed: NO_PYTHON", "/nowhere/python");
    }

    @Test
    void anInputThatIsNotOnItsVolumeFailsTheJobBeforeItsScriptBegins() throws IOException {
        Path beside =
                ClusterJobs.write(folder.resolve("beside"), 2, SCRIPT, "")
                        .resolveSibling("beside.yml");
        String words = "azureml://datastores/workspaceblobstore/paths/none/words.txt";
        Files.writeString(
                beside,
                Files.readString(beside.resolveSibling("job.yml"))
                        .replace(
                                "outputs:",
                                "  words: {type: uri_file, path: %s}\noutputs:".formatted(words)));
        space.online("job", "create", "-f", beside.toString(), "-n", "beside", "--compute", "pods");
        awaitSaid("beside", "Failed: INPUT_UNREADABLE", "input words: ");
        assertThat(said("beside")).contains("none/words.txt is not there on instance 0");
    }

    @Test
    void aJobWhoseAgentsMakeAnEnvironmentIsPreparing() {
        submit(
                "prepare",
                "--environment",
                "venv",
                "--set",
                "task.environment.conda_file={dependencies: [{pip: [windrow-nowhere==1.0]}]}");
        awaitSaid("prepare", "Preparing: WAITING", "pod ");
        // The package is nowhere.
        awaitSaid("prepare", "Failed: ENVIRONMENT_NOT_MADE", "environment: ");
    }

    @Test
    void aCanceledJobIsSeenStopping() {
        submit("cancel", "--set", "environment_variables.REST=2");
        awaitSaid("cancel", "Running", "");
        space.online("job", "cancel", "cancel");
        Finished stream = space.tried("job", "stream", "cancel");
        assertThat(stream.out() + stream.err()).contains("  CancelRequested\n", "Canceled  cancel");
        space.awaitNoPods();
    }

    @Test
    void aJobWhoseOnlyAgentIsSilentIsNotResponding() throws Exception {
        submit("silent", "--set", "environment_variables.REST=1");
        awaitSaid("silent", "Running", "");
        await("its pod", () -> !space.pods("Running").isEmpty());
        ProcessHandle agent = ClusterSpace.agent(space.pods("Running").getLast());
        ClusterSpace.signal(agent, "STOP");
        awaitSaid("silent", "NotResponding", "");
        ClusterSpace.signal(agent, "CONT");
        awaitSaid("silent", "Completed", "");
    }
}
