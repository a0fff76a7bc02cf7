package dev.windrow.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testing.tls.PemAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The chart on a real cluster. It has to have the images that {@code ./dev images} makes; variables
 * name others.
 */
final class ChartInstallIT {

    private static final long LOOK_NANOS = 200_000_000;

    @TempDir Path folder;

    private static String variable(String name, String usual) {
        return Optional.ofNullable(System.getenv(name)).orElse(usual);
    }

    private static List<String> values(HomeVolume volume) {
        String server = variable("WINDROW_TEST_SERVER_IMAGE", "windrow/server:0.1.0");
        int colon = server.lastIndexOf(':');
        List<String> values = new ArrayList<>(volume.values());
        for (String one :
                List.of(
                        "image.repository=" + server.substring(0, colon),
                        "image.tag=" + server.substring(colon + 1),
                        "agent.image="
                                + variable("WINDROW_TEST_AGENT_IMAGE", "windrow/agent:0.1.0"),
                        "job.image="
                                + variable("WINDROW_TEST_PYTHON_IMAGE", "windrow.test/python:3.11"),
                        "computes[0].name=cluster")) {
            values.addAll(List.of("--set", one));
        }
        return values;
    }

    private static String[] words(List<String> values, String... first) {
        List<String> words = new ArrayList<>(List.of(first));
        words.addAll(values);
        return words.toArray(String[]::new);
    }

    @Test
    void runsJobsKeepsItsTokenOverHttpsTooAndLeavesNothingButItsVolume() throws Exception {
        try (RestrictedNamespace namespace = RestrictedNamespace.orSkip();
                HomeVolume volume = HomeVolume.of(namespace, folder)) {
            List<String> values = values(volume);
            String[] wait = {"--wait", "--timeout", "3m"};
            values.addAll(List.of(wait));
            assertThat(namespace.helm(words(values, "install", "windrow", Helm.CHART)))
                    .contains("STATUS: deployed", "windrow compute list");
            assertThat(namespace.helm("test", "windrow")).contains("Phase:          Succeeded");
            String token = token(namespace);
            secret(namespace, "farm-cert");
            values.addAll(List.of("--set", "tls.existingSecret=farm-cert"));
            namespace.helm(words(values, "upgrade", "windrow", Helm.CHART));
            assertThat(token(namespace)).isEqualTo(token);
            // Over HTTPS, with pods that are told of the authority.
            assertThat(namespace.helm("test", "windrow")).contains("Phase:          Succeeded");
            namespace.helm("uninstall", "windrow", "--timeout", "3m");
            waitUntilGone(namespace);
            namespace.kubectl("delete", "secret", "farm-cert");
            String[] kinds = {
                "get",
                "all,secret,serviceaccount,role,rolebinding,networkpolicy,persistentvolumeclaim",
                "--output=name"
            };
            assertThat(namespace.kubectl(kinds).lines())
                    .containsExactlyInAnyOrder(
                            "serviceaccount/default", "persistentvolumeclaim/home-windrow-0");
        }
    }

    private void secret(RestrictedNamespace namespace, String name) throws Exception {
        PemAuthority authority = PemAuthority.make(folder, "Farm");
        Path certificate = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        authority
                .issue("dns:windrow.%s.svc,dns:localhost".formatted(namespace.name()))
                .write(certificate, key);
        Path ca = Files.writeString(folder.resolve("ca.crt"), authority.certificate());
        namespace.kubectl(
                "create",
                "secret",
                "generic",
                name,
                "--type=kubernetes.io/tls",
                "--from-file=" + certificate,
                "--from-file=" + key,
                "--from-file=" + ca);
    }

    private static void waitUntilGone(RestrictedNamespace namespace) {
        long begin = System.nanoTime();
        while (!namespace.kubectl("get", "pods", "--output=name").isEmpty()) {
            assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.MINUTES.toNanos(1));
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static String token(RestrictedNamespace namespace) {
        return namespace.kubectl(
                "get", "secret", "windrow-admin-token", "--output=jsonpath={.data.token}");
    }
}
