package dev.windrow.spec.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.windrow.model.compute.ClusterCredentials;
import dev.windrow.model.compute.ClusterReference;
import dev.windrow.model.compute.InstanceType;
import dev.windrow.model.compute.PodTerms;
import dev.windrow.model.compute.Toleration;
import dev.windrow.spec.Mistake;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cluster is attached with, and what must never be told again. */
final class AttachDocumentTest {

    private static final String SECRET = "s3cr3t-of-the-account";

    private static Map<String, Object> document(Map<String, Object> inner, Object credentials) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("computeType", "Kubernetes");
        properties.put("properties", inner);
        return Map.of("credentials", credentials, "properties", properties);
    }

    private static List<Mistake> mistakes(Map<String, ?> document) {
        return Objects.requireNonNull(
                        catchThrowableOfType(
                                InvalidComputeException.class, () -> AttachDocument.read(document)))
                .mistakes();
    }

    @Test
    void credentialsNameTheClusterAndAreInNoDocument() {
        AttachDocument read =
                AttachDocument.read(
                        document(
                                Map.of(),
                                Map.of("api_server", "https://10.0.0.1:6443/", "token", SECRET)));
        URI address = URI.create("https://10.0.0.1:6443");
        assertThat(read.attachment().cluster()).isEqualTo(new ClusterReference.Address(address));
        assertThat(read.credentials()).contains(new ClusterCredentials(address, "", SECRET));
        assertThat(read.toString()).doesNotContain(SECRET);
        assertThat(read.document().toString()).doesNotContain(SECRET);
        assertThat(AttachDocument.read(read.request())).isEqualTo(read);
        assertThat(AttachDocument.read(read.document()).attachment()).isEqualTo(read.attachment());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1",
                "https://me@10.0.0.1",
                "https://10.0.0.1?x",
                "https://",
                "10.0.0.1"
            })
    void refusesAnAddressThatIsNone(String address) {
        assertThat(mistakes(document(Map.of(), Map.of("api_server", address, "token", SECRET))))
                .extracting(Mistake::path)
                .contains("credentials.api_server");
    }

    @Test
    void noMistakeTellsAToken() {
        List<Map<String, Object>> wrong =
                List.of(
                        document(Map.of(), SECRET),
                        document(Map.of(), List.of(SECRET)),
                        document(
                                Map.of(),
                                Map.of("api_server", "https://x", "token", SECRET + "\nmore")),
                        document(
                                Map.of(),
                                Map.of("api_server", "https://x", "token", List.of(SECRET))),
                        document(
                                Map.of(),
                                Map.of(
                                        "api_server",
                                        "https://x",
                                        "token",
                                        "t",
                                        "authority",
                                        SECRET)));
        assertThat(wrong)
                .allSatisfy(document ->
                        assertThat(mistakes(document))
                                .isNotEmpty()
                                .allSatisfy(
                                        one -> assertThat(one.toString()).doesNotContain(SECRET)));
    }

    @Test
    void credentialsOfAnotherClusterAreAMistake() {
        Map<String, Object> properties =
                Map.of("computeType", "Kubernetes", "resourceId", "context:prod");
        Map<String, Object> account = Map.of("api_server", "https://x", "token", SECRET);
        assertThat(mistakes(Map.of("credentials", account, "properties", properties)))
                .singleElement()
                .satisfies(one -> assertThat(one.path()).isEqualTo("properties.resourceId"));
    }

    @Test
    void keepsWhatIsSaidOfPods() {
        AttachDocument read =
                AttachDocument.read(
                        document(
                                Map.of(
                                        "serverUrl",
                                        "http://windrow:7480/",
                                        "instanceTypeResources",
                                        true,
                                        "instancePresets",
                                        Map.of(
                                                "small",
                                                Map.of(
                                                        "nodeSelector", Map.of("a", "b"),
                                                        "resources",
                                                                Map.of(
                                                                        "requests",
                                                                        Map.of("cpu", 1))))),
                                Map.of("api_server", "https://x", "token", SECRET)));
        assertThat(read.attachment().serverUrl()).isEqualTo(Optional.of("http://windrow:7480"));
        assertThat(read.attachment().instanceTypes().fromCluster()).isTrue();
        assertThat(read.attachment().instanceTypes().presets())
                .containsExactly(
                        new InstanceType("small", Map.of("a", "b"), Map.of("cpu", "1"), Map.of()));
        assertThat(AttachDocument.read(read.document()).attachment()).isEqualTo(read.attachment());
    }

    private static Map<String, Object> pods(Map<String, Object> inner) {
        return document(inner, Map.of("api_server", "https://x", "token", SECRET));
    }

    @Test
    void keepsOnWhichTermsAClusterTakesPods() {
        AttachDocument read =
                AttachDocument.read(
                        pods(
                                Map.of(
                                        "tolerations",
                                        List.of(
                                                Map.of(
                                                        "key", "nvidia.com/gpu",
                                                        "operator", "Exists",
                                                        "effect", "NoSchedule"),
                                                Map.of("key", "team", "value", "a"),
                                                Map.of("key", "bare"),
                                                Map.of("operator", "Exists")),
                                        "priorityClass",
                                        "batch",
                                        "queue",
                                        "team-a",
                                        "imagePullSecrets",
                                        List.of("registry"),
                                        "serviceAccount",
                                        "reader")));
        assertThat(read.attachment().pods())
                .isEqualTo(
                        new PodTerms(
                                List.of(
                                        toleration("nvidia.com/gpu", null, "NoSchedule"),
                                        toleration("team", "a", null),
                                        toleration("bare", "", null),
                                        toleration(null, null, null)),
                                Optional.of("batch"),
                                Optional.of("team-a"),
                                List.of("registry"),
                                Optional.of("reader")));
        assertThat(AttachDocument.read(read.document()).attachment()).isEqualTo(read.attachment());
    }

    private static Toleration toleration(
            @Nullable String key, @Nullable String value, @Nullable String effect) {
        return new Toleration(
                Optional.ofNullable(key), Optional.ofNullable(value), Optional.ofNullable(effect));
    }

    @Test
    void tellsAllThatIsWrongWithTheTermsOfPods() {
        assertThat(
                        mistakes(
                                pods(
                                        Map.of(
                                                "tolerations",
                                                List.of(
                                                        Map.of("key", "a b", "effect", "Never"),
                                                        Map.of("operator", "Equal"),
                                                        Map.of(
                                                                "operator", "Exists",
                                                                "value", "x"),
                                                        Map.of("operator", "In"),
                                                        Map.of("tolerationSeconds", 3),
                                                        "x"),
                                                "priorityClass",
                                                "Batch",
                                                "queue",
                                                List.of("q"),
                                                "imagePullSecrets",
                                                List.of("-"),
                                                "serviceAccount",
                                                "a b"))))
                .extracting(Mistake::path)
                .contains(
                        "properties.properties.tolerations.key",
                        "properties.properties.tolerations.effect",
                        "properties.properties.tolerations.operator",
                        "properties.properties.tolerations[2].value",
                        "properties.properties.tolerations[3].operator",
                        "properties.properties.tolerations[4].tolerationSeconds",
                        "properties.properties.tolerations[5]",
                        "properties.properties.priorityClass",
                        "properties.properties.queue",
                        "properties.properties.imagePullSecrets",
                        "properties.properties.serviceAccount");
    }

    @ParameterizedTest
    @CsvSource({
        "small, cpu, lots, properties.properties.instancePresets.small.resources.requests.cpu",
        "Small!, cpu, 1, properties.properties.instancePresets",
        "small, memory, -1Gi, properties.properties.instancePresets.small.resources.requests.memory"
    })
    void refusesInstanceTypesThatNoClusterTakes(
            String name, String resource, String amount, String path) {
        Map<String, Object> preset =
                Map.of("resources", Map.of("requests", Map.of(resource, amount)));
        assertThat(
                        mistakes(
                                document(
                                        Map.of("instancePresets", Map.of(name, preset)),
                                        Map.of("api_server", "https://x", "token", SECRET))))
                .singleElement()
                .satisfies(one -> assertThat(one.path()).isEqualTo(path));
    }
}
