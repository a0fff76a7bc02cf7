package dev.windrow.chart;

import static dev.windrow.chart.Rendered.at;
import static dev.windrow.chart.Rendered.map;
import static dev.windrow.chart.Rendered.maps;
import static dev.windrow.chart.Rendered.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each value of the chart does. */
final class ChartTest {

    private static final String TEMPLATE = "spec.template.spec.";
    private static final String CONTAINER = TEMPLATE + "containers.0.";

    @Test
    void lintFindsNothing() {
        Helm.Said said = Helm.run("lint", "--strict", Helm.CHART, "--set", Helm.IMAGE);
        assertThat(said.exit()).as(said.out()).isZero();
        assertThat(said.out()).doesNotContain("WARNING", "ERROR");
    }

    @Test
    void theVersionIsThatOfTheProduct() throws IOException {
        String pom = Files.readString(Helm.root().resolve("pom.xml"));
        String version = pom.split("<version>", 2)[1].split("</version>", 2)[0];
        assertThat(Files.readString(Helm.root().resolve(Helm.CHART + "/Chart.yaml")))
                .contains("\nversion: " + version + "\n", "\nappVersion: " + version + "\n");
    }

    @Test
    void servesPodsOfTheClusterAndAttachesItsOwnNamespace() {
        Rendered chart = Helm.rendered();
        assertThat(chart.serverArguments())
                .startsWith("server", "--bind=0.0.0.0", "--port=7480", "--allow-plain-http")
                .contains(
                        "--public-url=http://windrow.farm.svc:7480",
                        "--token-file=/etc/windrow/token/token",
                        "--agent-image=registry.example/windrow/agent:0.1.0",
                        "--max-running-jobs=4");
        assertThat(chart.file("windrow-computes", "cluster.yml"))
                .isEqualTo(
                        Map.of(
                                "name", "cluster",
                                "namespace", "farm",
                                "resource_id", "in-cluster",
                                "server_url", "http://windrow.farm.svc:7480"));
        Map<?, ?> server = chart.only("StatefulSet");
        assertThat(at(server, "spec.replicas")).isEqualTo(1);
        assertThat(at(server, CONTAINER + "image"))
                .isEqualTo("registry.example/windrow/server:0.1.0");
        assertThat(at(server, CONTAINER + "readinessProbe.httpGet.path")).isEqualTo("/readyz");
        assertThat(at(server, CONTAINER + "livenessProbe.httpGet.path")).isEqualTo("/livez");
        assertThat(at(server, TEMPLATE + "terminationGracePeriodSeconds")).isEqualTo(30);
        assertThat(chart.objects())
                .extracting(one -> String.valueOf(one.get("kind")))
                .doesNotContain(
                        "PodDisruptionBudget",
                        "Ingress",
                        "HTTPRoute",
                        "ServiceMonitor",
                        "ClusterRole");
    }

    @Test
    void everyObjectIsLabeledAsPartOfTheRelease() {
        Rendered chart =
                Helm.rendered(
                        "metrics.enabled=true", "ingress.enabled=true", "ingress.host=w.example");
        assertThat(chart.objects())
                .hasSizeGreaterThan(12)
                .allSatisfy(one ->
                        assertThat(map(one, "metadata.labels"))
                                .containsEntry("app.kubernetes.io/name", "windrow")
                                .containsEntry("app.kubernetes.io/instance", "windrow")
                                .containsEntry("app.kubernetes.io/managed-by", "Helm")
                                .containsEntry("app.kubernetes.io/version", "0.1.0"));
        Map<Object, Object> selector = map(chart.only("Service"), "spec.selector");
        assertThat(map(chart.only("StatefulSet"), "spec.template.metadata.labels"))
                .containsAllEntriesOf(selector);
        assertThat(map(chart.only("Pod"), "metadata.labels").get("app.kubernetes.io/component"))
                .isNotEqualTo(selector.get("app.kubernetes.io/component"));
    }

    @Test
    void computesAndDatastoresAreFilesAndAChangeOfThemIsANewStart() {
        Rendered chart =
                Helm.rendered(
                        "computes[0].name=gpu",
                        "computes[0].namespace=team-a",
                        "computes[0].server_url=http://other:1",
                        "computes[0].instance_types.small.resources.limits.cpu=1",
                        "datastores[0].name=rows",
                        "datastores[0].type=pvc",
                        "datastores[0].path=claim/rows");
        assertThat(chart.file("windrow-computes", "gpu.yml"))
                .containsEntry("namespace", "team-a")
                .containsEntry("server_url", "http://other:1")
                .containsKey("instance_types");
        assertThat(chart.file("windrow-datastores", "rows.yml"))
                .isEqualTo(Map.of("name", "rows", "type", "pvc", "path", "claim/rows"));
        assertThat(chart.serverArguments())
                .contains(
                        "--computes=/etc/windrow/computes", "--datastores=/etc/windrow/datastores");
        assertThat(map(chart.only("StatefulSet"), "spec.template.metadata.annotations"))
                .isNotEqualTo(
                        map(
                                Helm.rendered().only("StatefulSet"),
                                "spec.template.metadata.annotations"));
    }

    @Test
    void limitsAndWhatIsKeptAreOptionsOfTheServer() throws IOException {
        Rendered chart =
                Helm.rendered(
                        "server.maxRunningJobs=9",
                        "server.keepJobs=30",
                        "server.keepUploads=3",
                        "server.maxUploads=5",
                        "server.publicUrl=https://w.example",
                        "server.limits.users.ada.jobs=2",
                        "server.oidc.issuer=https://login.example",
                        "server.oidc.audience=windrow",
                        "server.oidc.roleClaim=role",
                        "server.oidc.workspaceClaim=ws",
                        "server.oidc.userClaim=mail",
                        "service.port=80",
                        "job.image=registry.example/python:3",
                        "agent.image=registry.example/agent@sha256:1");
        assertThat(chart.serverArguments())
                .contains(
                        "--max-running-jobs=9",
                        "--keep-jobs=30",
                        "--keep-uploads=3",
                        "--max-uploads=5",
                        "--public-url=https://w.example",
                        "--oidc-issuer=https://login.example",
                        "--oidc-audience=windrow",
                        "--oidc-role-claim=role",
                        "--oidc-workspace-claim=ws",
                        "--oidc-user-claim=mail",
                        "--job-image=registry.example/python:3",
                        "--agent-image=registry.example/agent@sha256:1");
        String reference = Files.readString(Helm.root().resolve("docs/reference/cli.md"));
        String options = reference.substring(reference.indexOf("\nwindrow server [options]"));
        assertThat(chart.serverArguments().stream().skip(1).map(one -> one.split("=", 2)[0]))
                .allSatisfy(option -> assertThat(options).contains(" " + option));
        assertThat(chart.file("windrow-limits", "limits.yml"))
                .isEqualTo(Map.of("users", Map.of("ada", Map.of("jobs", 2))));
        assertThat(chart.file("windrow-computes", "cluster.yml"))
                .containsEntry("server_url", "http://windrow.farm.svc:80");
    }

    @Test
    void theVolumeStaysAndCanBeOnesOwn() {
        Map<?, ?> server = Helm.rendered("persistence.storageClass=-").only("StatefulSet");
        assertThat(at(server, "spec.persistentVolumeClaimRetentionPolicy"))
                .isEqualTo(Map.of("whenDeleted", "Retain", "whenScaled", "Retain"));
        assertThat(at(server, "spec.volumeClaimTemplates.0.spec.storageClassName")).isEqualTo("");
        Map<?, ?> own = Helm.rendered("persistence.existingClaim=mine").only("StatefulSet");
        assertThat(maps(own, "spec.volumeClaimTemplates")).isEmpty();
        assertThat(maps(own, TEMPLATE + "volumes"))
                .contains(
                        Map.of(
                                "name",
                                "home",
                                "persistentVolumeClaim",
                                Map.of("claimName", "mine")));
    }

    @Test
    void theTokenCanBeOnesOwn() {
        assertThat(at(Helm.rendered().only("Secret"), "data.token")).asString().hasSize(60);
        Rendered own = Helm.rendered("token.existingSecret=mine", "token.key=admin");
        assertThat(own.all("Secret")).isEmpty();
        assertThat(own.serverArguments()).contains("--token-file=/etc/windrow/token/admin");
        assertThat(own.pods())
                .allSatisfy(pod ->
                        assertThat(pod.toString()).contains("mine").doesNotContain("admin-token"));
    }

    @Test
    void routesAndMetricsComeWhenTheyAreAskedFor() {
        Rendered chart =
                Helm.rendered(
                        "ingress.enabled=true",
                        "ingress.host=w.example",
                        "ingress.className=nginx",
                        "ingress.tlsSecret=cert",
                        "httpRoute.enabled=true",
                        "httpRoute.parentRefs[0].name=gate",
                        "httpRoute.hostnames[0]=w.example",
                        "metrics.enabled=true",
                        "metrics.serviceMonitor.enabled=true");
        assertThat(at(chart.only("Ingress"), "spec.ingressClassName")).isEqualTo("nginx");
        assertThat(at(chart.only("Ingress"), "spec.tls.0.hosts.0")).isEqualTo("w.example");
        assertThat(at(chart.only("HTTPRoute"), "spec.parentRefs.0.name")).isEqualTo("gate");
        assertThat(at(chart.only("HTTPRoute"), "spec.rules.0.timeouts.request")).isEqualTo("0s");
        assertThat(at(chart.only("ServiceMonitor"), "spec.endpoints.0.port")).isEqualTo("metrics");
        assertThat(chart.serverArguments())
                .contains("--management-port=7481", "--management-bind=0.0.0.0");
        assertThat(maps(chart.only("Service"), "spec.ports")).hasSize(2);
    }

    @Test
    void imagesArePulledByTheSecretsThatAreSaid() {
        Rendered chart = Helm.rendered("imagePullSecrets[0].name=pull", "image.pullPolicy=Never");
        assertThat(chart.pods())
                .allSatisfy(
                        pod -> assertThat(at(pod, "imagePullSecrets.0.name")).isEqualTo("pull"));
        Map<?, ?> jobs = chart.named("ServiceAccount", "windrow-job");
        assertThat(at(jobs, "imagePullSecrets.0.name")).isEqualTo("pull");
        assertThat(at(chart.only("StatefulSet"), CONTAINER + "imagePullPolicy")).isEqualTo("Never");
        Rendered other = Helm.rendered("jobAccount.imagePullSecrets[0].name=theirs");
        assertThat(at(other.named("ServiceAccount", "windrow-job"), "imagePullSecrets.0.name"))
                .isEqualTo("theirs");
        assertThat(other.pods()).noneMatch(pod -> pod.containsKey("imagePullSecrets"));
        String digest = "sha256:" + "0".repeat(64);
        Rendered pinned = Helm.rendered("image.digest=" + digest, "agent.image=a/agent:1");
        assertThat(at(pinned.only("StatefulSet"), CONTAINER + "image"))
                .isEqualTo("registry.example/windrow/server@" + digest);
    }

    @Test
    void podsAreWhereAndAsTheyAreWanted() {
        Map<?, ?> pod =
                map(
                        Helm.rendered(
                                        "nodeSelector.pool=cpu",
                                        "tolerations[0].key=spot",
                                        "priorityClassName=high",
                                        "podLabels.team=a",
                                        "podAnnotations.note=b",
                                        "affinity.nodeAffinity.x=y",
                                        "resources.limits.memory=2Gi",
                                        "terminationGracePeriodSeconds=60",
                                        "serviceAccount.annotations.role=r",
                                        "podSecurityContext.fsGroup=5")
                                .only("StatefulSet"),
                        "spec.template");
        assertThat(at(pod, "spec.nodeSelector.pool")).isEqualTo("cpu");
        assertThat(at(pod, "spec.tolerations.0.key")).isEqualTo("spot");
        assertThat(at(pod, "spec.priorityClassName")).isEqualTo("high");
        assertThat(at(pod, "spec.affinity.nodeAffinity.x")).isEqualTo("y");
        assertThat(at(pod, "spec.containers.0.resources.limits.memory")).isEqualTo("2Gi");
        assertThat(at(pod, "spec.terminationGracePeriodSeconds")).isEqualTo(60);
        assertThat(at(pod, "spec.securityContext.fsGroup")).isEqualTo(5);
        assertThat(at(pod, "metadata.labels.team")).isEqualTo("a");
        assertThat(at(pod, "metadata.annotations.note")).isEqualTo("b");
    }

    @Test
    void namesFollowTheRelease() {
        Rendered other = Rendered.of(Helm.template("prod").out());
        assertThat(at(other.only("StatefulSet"), "metadata.name")).isEqualTo("prod-windrow");
        assertThat(other.serverArguments())
                .contains("--public-url=http://prod-windrow.farm.svc:7480");
    }

    @Test
    void uninstallDrainsEachComputeAndTheTestRunsAJobOnTheFirst() {
        Rendered chart = Helm.rendered("computes[0].name=gpu", "computes[1].name=cpu");
        Map<?, ?> drain = chart.only("Job");
        assertThat(at(drain, "metadata.annotations"))
                .isEqualTo(
                        Map.of(
                                "helm.sh/hook", "pre-delete",
                                "helm.sh/hook-delete-policy",
                                        "before-hook-creation,hook-succeeded"));
        assertThat(texts(drain, TEMPLATE + "initContainers.0.args"))
                .isEqualTo(
                        List.of("compute", "detach", "gpu", "--force", "--if-attached", "--yes"));
        assertThat(texts(drain, CONTAINER + "args")).contains("cpu");
        assertThat(chart.file("windrow-test", "job.yml")).containsEntry("compute", "azureml:gpu");
        assertThat(Helm.rendered("uninstall.drain=false").all("Job")).isEmpty();
        Rendered none = Helm.rendered("computes=null");
        assertThat(none.all("Job")).isEmpty();
        assertThat(none.file("windrow-test", "job.yml")).containsEntry("compute", "azureml:local");
    }
}
