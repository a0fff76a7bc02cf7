package dev.windrow.chart;

import static dev.windrow.chart.Rendered.at;
import static dev.windrow.chart.Rendered.map;
import static dev.windrow.chart.Rendered.maps;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server of the chart that speaks TLS by itself. */
final class ChartTlsTest {

    private static final String CONTAINER = "spec.template.spec.containers.0.";
    private static final String SECRET = "tls.existingSecret=cert";

    @Test
    void itSpeaksNothingElseAndEverybodyCallsItByHttps() {
        Rendered chart = Helm.rendered(SECRET, "ingress.enabled=true", "ingress.host=w.example");
        assertThat(chart.serverArguments())
                .contains(
                        "--tls-cert=/etc/windrow/tls/tls.crt",
                        "--tls-key=/etc/windrow/tls/tls.key",
                        "--agent-ca-file=/etc/windrow/tls/ca.crt",
                        "--public-url=https://windrow.farm.svc:7480")
                .doesNotContain("--allow-plain-http");
        Map<?, ?> server = chart.only("StatefulSet");
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            assertThat(map(server, CONTAINER + probe + ".httpGet"))
                    .containsEntry("scheme", "HTTPS")
                    .containsEntry("port", "https");
        }
        assertThat(at(server, CONTAINER + "ports.0.name")).isEqualTo("https");
        assertThat(map(chart.only("Service"), "spec.ports.0"))
                .containsEntry("name", "https")
                .containsEntry("targetPort", "https")
                .containsEntry("appProtocol", "https");
        assertThat(at(chart.named("NetworkPolicy", "windrow"), "spec.ingress.0.ports.0.port"))
                .isEqualTo("https");
        assertThat(at(chart.only("Ingress"), "spec.rules.0.http.paths.0.backend.service.port.name"))
                .isEqualTo("https");
        assertThat(chart.file("windrow-computes", "cluster.yml"))
                .containsEntry("server_url", "https://windrow.farm.svc:7480");
    }

    @Test
    void theKeyIsSeenByTheServerAlone() {
        Rendered chart = Helm.rendered(SECRET, "tls.authorityKey=root.pem");
        Map<?, ?> server = map(chart.only("StatefulSet"), "spec.template.spec");
        assertThat(maps(server, "volumes"))
                .contains(
                        Map.of(
                                "name",
                                "tls",
                                "secret",
                                Map.of("secretName", "cert", "defaultMode", 288)));
        assertThat(maps(server, "containers.0.volumeMounts"))
                .contains(Map.of("name", "tls", "mountPath", "/etc/windrow/tls", "readOnly", true));
        List<Map<?, ?>> clients =
                List.of(
                        map(chart.only("Job"), "spec.template.spec"),
                        map(chart.only("Pod"), "spec"));
        assertThat(clients).allSatisfy(ChartTlsTest::seesTheAuthorityOnly);
        assertThat(chart.serverArguments()).contains("--agent-ca-file=/etc/windrow/tls/root.pem");
    }

    private static void seesTheAuthorityOnly(Map<?, ?> pod) {
        assertThat(maps(pod, "volumes"))
                .filteredOn(one -> one.containsKey("secret"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(map(one, "secret"))
                            .containsEntry("secretName", "cert")
                            .containsEntry(
                                    "items", List.of(Map.of("key", "root.pem", "path", "ca.crt")));
                });
        List<Map<?, ?>> containers = new ArrayList<>(maps(pod, "containers"));
        containers.addAll(maps(pod, "initContainers"));
        assertThat(containers)
                .allSatisfy(one -> {
                    assertThat(maps(one, "env"))
                            .contains(
                                    Map.of(
                                            "name",
                                            "WINDROW_SERVER",
                                            "value",
                                            "https://windrow.farm.svc:7480"),
                                    Map.of(
                                            "name",
                                            "WINDROW_CA_FILE",
                                            "value",
                                            "/etc/windrow/authority/ca.crt"));
                    assertThat(maps(one, "volumeMounts"))
                            .contains(
                                    Map.of(
                                            "name",
                                            "authority",
                                            "mountPath",
                                            "/etc/windrow/authority",
                                            "readOnly",
                                            true));
                });
    }

    @Test
    void anAuthorityThatEverybodyKnowsNeedsAnAddressThatItVouchesFor() {
        String[] known = {SECRET, "tls.authorityKey="};
        assertThat(Helm.template("windrow", known).err())
                .contains("server.publicUrl: missing (expected: an address that the certificate");
        Rendered chart = Helm.rendered(SECRET, known[1], "server.publicUrl=https://w.example");
        assertThat(chart.serverArguments())
                .contains("--public-url=https://w.example", "--tls-key=/etc/windrow/tls/tls.key")
                .noneMatch(one -> one.startsWith("--agent-ca-file"));
        assertThat(chart.file("windrow-computes", "cluster.yml"))
                .containsEntry("server_url", "https://w.example");
        assertThat(chart.only("Pod").toString())
                .contains("https://w.example")
                .doesNotContain("WINDROW_CA_FILE", "authority");
    }

    @Test
    void metricsStayPlain() {
        Rendered chart =
                Helm.rendered(
                        SECRET, "metrics.enabled=true", "metrics.serviceMonitor.enabled=true");
        assertThat(map(chart.only("ServiceMonitor"), "spec.endpoints.0"))
                .containsEntry("port", "metrics")
                .containsEntry("scheme", "http");
    }

    @Test
    void nothingOfItIsThereUnlessItIsAskedFor() {
        Rendered chart = Helm.rendered();
        assertThat(chart.serverArguments())
                .contains("--allow-plain-http")
                .noneMatch(one -> one.startsWith("--tls"));
        assertThat(at(chart.only("Service"), "spec.ports.0.name")).isEqualTo("http");
        assertThat(chart.pods().toString()).doesNotContain("https", "WINDROW_CA_FILE");
    }
}
