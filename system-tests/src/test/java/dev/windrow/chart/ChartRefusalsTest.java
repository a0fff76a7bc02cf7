package dev.windrow.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart refuses, and in which words. */
final class ChartRefusalsTest {

    @Test
    void asksForAnImage() {
        Helm.Said said = Helm.template("windrow", "image.repository=");
        assertThat(said.exit()).isNotZero();
        assertThat(said.err())
                .contains(
                        "image.repository: missing (expected: where your cluster finds the server's"
                                + " image, such as registry.example/windrow/server; ./dev images"
                                + " makes it)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--set=replicas=2 | replicas: 2 (expected: 1, because",
                "--set=image.repository=registry.example/w | agent.image: missing (expected: the",
                "--set=metrics.serviceMonitor.enabled=true | (expected: with metrics.enabled)",
                "--set=ingress.enabled=true | ingress.host: missing (expected: the name",
                "--set=httpRoute.enabled=true | httpRoute.parentRefs: missing (expected: the",
                "--set=serviceAccount.create=false | serviceAccount.name: missing (expected: the",
                "--set=server.oidc.issuer=https://i | server.oidc.audience: missing (expected:",
                "--set=computes[1].name=cluster,computes[0].name=cluster | cluster is there twice",
            })
    void saysWhatIsWrong(String setting, String sentence) {
        Helm.Said said = Helm.template("windrow", setting, "--skip-schema-validation");
        assertThat(said.exit()).isNotZero();
        assertThat(said.err()).contains(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "replicas=2, /replicas",
        "colour=red, colour",
        "computes[0].name=9, /computes/0/name",
        "computes[0].nmespace=a, nmespace",
        "computes[0].resource_id=context:prod, resource_id",
        "datastores[0].type=azure_blob, /datastores/0",
        "persistence.accessModes[0]=ReadWriteMany, /persistence/accessModes/0",
        "terminationGracePeriodSeconds=5, /terminationGracePeriodSeconds",
        "server.maxRunningJobs=0, /server/maxRunningJobs",
        "image.digest=latest, /image/digest",
        "tls.existingSecret=a/b, /tls/existingSecret",
        "tls.secretName=a, secretName",
    })
    void theSchemaFindsMistakes(String setting, String place) {
        Helm.Said said = Helm.template("windrow", setting);
        assertThat(said.exit()).isNotZero();
        assertThat(said.err()).contains("schema", place);
    }

    @Test
    void everyValueIsInTheSchema() {
        Helm.Said said = Helm.run("lint", "--strict", Helm.CHART);
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
    }
}
