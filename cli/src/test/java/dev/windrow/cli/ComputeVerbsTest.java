package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs of computes with a server, whose clusters are scripted. */
final class ComputeVerbsTest {

    @TempDir Path home;
    @TempDir Path work;

    private Served server;

    @BeforeEach
    void start() throws IOException {
        server = new Served(home);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private int windrow(String... typed) {
        return server.windrow(typed);
    }

    private String out() {
        return server.out();
    }

    private String err() {
        return server.err();
    }

    @Test
    void attachesShowsAndDetachesACluster() {
        assertThat(
                        windrow(
                                "compute",
                                "attach",
                                "gpu",
                                "--resource-id",
                                "context:prod",
                                "--namespace",
                                "team-a",
                                "--tag",
                                "owner=ada",
                                "-o",
                                "table"))
                .as(err())
                .isZero();
        assertThat(out())
                .isEqualTo(
                        """
                        Succeeded  gpu
                          type          kubernetes
                          cluster       context:prod
                          location      rack-1
                          namespace     team-a
                          tag           owner=ada
                        """);
        assertThat(windrow("compute", "list", "-o", "tsv")).isZero();
        assertThat(out())
                .isEqualTo(
                        "gpu\tkubernetes\tSucceeded\tcontext:prod\tteam-a\nlocal\tlocal\tSucceeded\t\t\n");
        assertThat(windrow("compute", "list", "--type", "local", "-o", "json")).isZero();
        assertThat(out()).contains("\"computeType\":\"Local\"").doesNotContain("gpu");
        assertThat(windrow("compute", "show", "-n", "gpu")).isZero();
        assertThat(out()).contains("\"provisioningState\":\"Succeeded\"");
        assertThat(windrow("compute", "status", "gpu", "-o", "table")).isZero();
        assertThat(out()).contains("0 running, 0 waiting", "ok  it is there");
        assertThat(windrow("compute", "wait", "gpu", "-o", "tsv")).isZero();
        assertThat(windrow("compute", "detach", "gpu", "--yes", "-o", "table")).as(err()).isZero();
        assertThat(out()).isEqualTo("detached  gpu\n");
        assertThat(err()).contains("detach has finished: Succeeded");
        assertThat(windrow("compute", "show", "gpu")).isEqualTo(3);
        assertThat(windrow("compute", "detach", "gpu", "--yes")).isEqualTo(3);
        assertThat(windrow("compute", "detach", "gpu", "--yes", "--if-attached")).isZero();
        assertThat(err()).isEqualTo("windrow: compute: gpu is not attached\n");
    }

    @Test
    void attachesWhatAFileSays() throws IOException {
        Path yaml =
                Files.writeString(
                        work.resolve("gpu.yml"),
                        """
                        $schema: https://azuremlschemas.azureedge.net/latest/kubernetesCompute.schema.json
                        type: kubernetes
                        name: gpu
                        resource_id: /subscriptions/s/resourceGroups/r/providers/Microsoft.Kubernetes/connectedClusters/c
                        namespace: team-b
                        identity:
                          type: user_assigned
                          user_assigned_identities:
                            - resource_id: /one
                        """);
        assertThat(windrow("compute", "attach", yaml.toString(), "--namespace", "team-c"))
                .as(err())
                .isZero();
        assertThat(out())
                .contains("\"namespace\":\"team-c\"", "\"userAssignedIdentities\":{\"/one\":{}}");
        Path document = Files.writeString(work.resolve("shown.json"), out());
        assertThat(windrow("compute", "attach", "-f", document.toString(), "-n", "other"))
                .as(err())
                .isZero();
        assertThat(out()).contains("\"name\":\"other\"", "\"namespace\":\"team-c\"");
        Path wrong =
                Files.writeString(work.resolve("w.yml"), "type: aks\ncolour: red\nname: [a]\n");
        assertThat(windrow("compute", "attach", "x1", wrong.toString())).isEqualTo(2);
        assertThat(err())
                .contains("type: aks (expected: kubernetes)", "colour: not used here", "name: [a]");
        Path broken = Files.writeString(work.resolve("b.yml"), "a: [\n");
        assertThat(windrow("compute", "attach", "x1", broken.toString())).isEqualTo(2);
    }

    @Test
    void printsWhatGivesAServerItsRights() {
        assertThat(windrow("compute", "manifest", "--namespace", "team-a")).isZero();
        assertThat(out())
                .startsWith("apiVersion: v1\nkind: ServiceAccount\n")
                .contains("kind: RoleBinding", "namespace: team-a", "name: windrow-token");
        assertThat(windrow("compute", "manifest", "--namespace", "Team")).isEqualTo(2);
        assertThat(err()).contains("--namespace: Team (expected: 1 to 63 small letters");
    }

    @Test
    void keepsATokenToItselfAndOnDiskForItsOwnerAlone() throws IOException {
        String secret = "s3cr3t-of-the-account";
        Path token = Files.writeString(work.resolve("token"), secret + "\n");
        String[] attach = {
            "compute",
            "attach",
            "gpu",
            "--api-server",
            "https://10.0.0.1:6443",
            "--token-file",
            token.toString(),
            "--namespace",
            "team-a",
            "--server-url",
            "http://windrow:7480"
        };
        assertThat(windrow(attach)).as(err()).isZero();
        assertThat(out())
                .contains(
                        "\"resourceId\":\"https://10.0.0.1:6443\"",
                        "\"serverUrl\":\"http://windrow:7480\"")
                .doesNotContain(secret);
        assertThat(windrow(attach)).isZero();
        assertThat(err()).isEmpty();
        Path document = Files.writeString(work.resolve("shown.json"), out());
        assertThat(windrow("compute", "attach", "gpu", document.toString())).as(err()).isZero();
        assertThat(err()).isEmpty();
        assertThat(windrow("compute", "attach", "other", document.toString())).isEqualTo(2);
        assertThat(err()).contains("credentials: missing").doesNotContain(secret);
        assertThat(holding(secret))
                .containsExactly(home.resolve("server/clusters/default/gpu.json"));
        assertThat(windrow("compute", "detach", "gpu", "--yes")).isZero();
        assertThat(holding(secret)).isEmpty();
    }

    private List<Path> holding(String secret) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            List<Path> found = new java.util.ArrayList<>();
            for (Path one : all.filter(Files::isRegularFile).toList()) {
                if (Files.readString(one, StandardCharsets.ISO_8859_1).contains(secret)) {
                    found.add(one);
                }
            }
            return found;
        }
    }

    @Test
    void refusesOptionsThatNameTwoClustersOrBelongToTheServer() throws IOException {
        Path token = Files.writeString(work.resolve("token"), "a b");
        assertThat(windrow("compute", "attach", "gpu", "--in-cluster", "--context", "prod"))
                .isEqualTo(2);
        assertThat(err()).contains("--context, --in-cluster: given together (expected: one of");
        assertThat(windrow("compute", "attach", "gpu", "--token-file", token.toString()))
                .isEqualTo(2);
        assertThat(err()).contains("the Windrow server's own is --server-token-file here");
        assertThat(windrow("compute", "attach", "gpu", "--api-server", "https://x")).isEqualTo(2);
        assertThat(err()).contains("--token-file: missing");
        assertThat(
                        windrow(
                                "compute",
                                "attach",
                                "gpu",
                                "--api-server",
                                "https://x",
                                "--token-file",
                                token.toString()))
                .isEqualTo(2);
        assertThat(err()).contains("visible ASCII").doesNotContain("a b");
        assertThat(windrow("compute", "attach", "gpu", "--context", "prod")).isEqualTo(2);
        assertThat(err()).contains("expected: kubectl on the PATH", "--api-server URL");
    }

    /** A program that answers as kubectl does. */
    private void kubectl(String token) throws IOException {
        Path program =
                Files.writeString(
                        work.resolve("kubectl"),
                        """
                        #!/bin/sh
                        case "$*" in
                            *"--context prod"*certificate-authority-data*) ;;
                            *"--context prod"*cluster.server*) printf https://10.0.0.1:6443 ;;
                            *"--context prod"*data.token*) printf %%s '%s' ;;
                            *"--context prod"*ca*) ;;
                            *) echo 'error: context does not exist' >&2; exit 1 ;;
                        esac
                        """
                                .formatted(token));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        server.with("PATH", work + ":/usr/bin:/bin");
    }

    @Test
    void aClusterOfAContextIsEnteredByTheAccountOfTheManifest() throws IOException {
        kubectl("czNjcjN0");
        assertThat(windrow("compute", "attach", "gpu", "--context", "prod")).as(err()).isZero();
        assertThat(out()).contains("\"resourceId\":\"https://10.0.0.1:6443\"");
        assertThat(holding("s3cr3t")).hasSize(1);
        assertThat(windrow("compute", "attach", "gpu", "--context", "none")).isEqualTo(2);
        assertThat(err()).contains("kubectl says: error: context does not exist");
        kubectl("");
        assertThat(windrow("compute", "attach", "gpu", "--context", "prod")).isEqualTo(2);
        assertThat(err())
                .contains(
                        "it has no token yet; make it: windrow compute manifest --namespace default | kubectl --context prod apply -f -");
    }

    @Test
    void readsInstanceTypesOfAFile() throws IOException {
        Path file =
                Files.writeString(
                        work.resolve("gpu.yml"),
                        """
                        name: gpu
                        resource_id: in-cluster
                        server_url: http://windrow:7480
                        instance_types:
                          small:
                            node_selector: {pool: a}
                            resources: {requests: {cpu: 1}, limits: {memory: 2Gi}}
                        """);
        assertThat(windrow("compute", "attach", file.toString())).as(err()).isZero();
        assertThat(out())
                .contains(
                        "\"instancePresets\":{\"small\":{\"nodeSelector\":{\"pool\":\"a\"},"
                                + "\"resources\":{\"requests\":{\"cpu\":\"1\"},\"limits\":{\"memory\":\"2Gi\"}}}}");
        Files.writeString(
                file, "name: gpu\nresource_id: in-cluster\ninstance_types: from_cluster\n");
        assertThat(windrow("compute", "attach", file.toString())).as(err()).isZero();
        assertThat(out()).contains("\"instanceTypeResources\":true");
        Files.writeString(file, "name: gpu\nresource_id: in-cluster\ninstance_types: [a]\n");
        assertThat(windrow("compute", "attach", file.toString())).isEqualTo(2);
        assertThat(err())
                .contains("instance_types: [a] (expected: types by name, or from_cluster)");
    }

    @Test
    void tellsWhyAnAttachFailed() {
        String[] attach = {"compute", "attach", "gpu", "--resource-id", "context:bad"};
        assertThat(windrow(attach)).isEqualTo(1);
        assertThat(err()).contains("attach has finished: Failed", "namespace: it is not there");
        assertThat(windrow("compute", "wait", "gpu")).isEqualTo(1);
        assertThat(windrow("compute", "show", "gpu", "-o", "table")).isZero();
        assertThat(out()).contains("error         NAMESPACE_NOT_FOUND: namespace: it is not there");
        assertThat(windrow("compute", "attach", "local", "--resource-id", "in-cluster"))
                .isEqualTo(2);
        assertThat(err()).contains("name: local (expected: another; this one is reserved)");
    }

    @Test
    void neverDeletesAndSaysWhatToDo() {
        windrow("compute", "attach", "gpu", "--resource-id", "in-cluster");
        assertThat(windrow("compute", "delete", "gpu")).isEqualTo(2);
        assertThat(err()).contains("windrow compute detach gpu");
        assertThat(windrow("compute", "detach", "local", "--yes")).isEqualTo(2);
        assertThat(windrow("compute", "detach", "nobody", "--yes", "-o", "json")).isEqualTo(3);
        assertThat(out()).startsWith("{\"errors\":[{\"code\":\"COMPUTE_NOT_FOUND\"");
        assertThat(windrow("compute", "create", "gpu")).isEqualTo(2);
        assertThat(err()).contains("instead: ", "windrow compute attach");
    }

    @Test
    void tellsHowTheServersMachineIs() {
        assertThat(windrow("compute", "status", "local", "-o", "table")).isZero();
        assertThat(out())
                .startsWith("Succeeded  local\n  machine       ")
                .contains(
                        "  jobs          0 running, 0 waiting\n", "  python        ok  Python 3.");
        assertThat(windrow("compute", "quota", "local", "-o", "table")).isZero();
        assertThat(out())
                .isEqualTo(
                        """
                        NAME          USED  LIMIT
                        running_jobs  0     4
                        waiting_jobs  0     10000
                        instances     0     -
                        """);
    }

    @Test
    void runsAJobWhereItIsToldTo() throws IOException {
        Files.createDirectories(work.resolve("src"));
        Files.createDirectories(work.resolve("in"));
        Files.writeString(work.resolve("in/a.txt"), "a");
        Files.writeString(
                work.resolve("src/entry.py"), "def run(mini_batch):\n    return mini_batch\n");
        Path job =
                Files.writeString(
                        work.resolve("job.yml"),
                        """
                        type: parallel
                        compute: azureml:cpu-cluster
                        inputs:
                          texts: {type: uri_folder, path: ./in}
                        input_data: ${{inputs.texts}}
                        task: {type: run_function, code: ./src, entry_script: entry.py}
                        """);
        String file = job.toString();
        assertThat(windrow("job", "create", file, "-n", "far")).isEqualTo(2);
        assertThat(err())
                .contains("compute: cpu-cluster (expected: one of local;", "--compute local")
                .doesNotContain("not used on one machine");
        assertThat(windrow("job", "validate", file)).isEqualTo(2);
        assertThat(windrow("job", "create", file, "-n", "far", "--compute", "local")).isZero();
        assertThat(windrow("job", "stream", "far")).isZero();
        assertThat(windrow("job", "show", "far", "-o", "json")).isZero();
        assertThat(out()).contains("\"compute\":\"local\"");
    }
}
