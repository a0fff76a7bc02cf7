package dev.windrow.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A namespace of a real cluster, made for one test, into which only pods of the level {@code
 * restricted} are let. Which cluster, {@code WINDROW_TEST_KUBECONFIG} says and nothing else.
 */
record RestrictedNamespace(String kubeconfig, String name) implements AutoCloseable {

    private static final String VARIABLE = "WINDROW_TEST_KUBECONFIG";

    /** A fresh one, or the end of the test. */
    static RestrictedNamespace orSkip() {
        String file = System.getenv(VARIABLE);
        Helm.needed(
                file != null && !file.isBlank(),
                VARIABLE
                        + ": not set (expected: the kubeconfig of a cluster for tests, such as that"
                        + " of ./dev cluster up)");
        String name = "windrow-test-" + UUID.randomUUID().toString().substring(0, 8);
        RestrictedNamespace made = new RestrictedNamespace(String.valueOf(file), name);
        made.clusterWide("create", "namespace", name);
        made.clusterWide(
                "label",
                "namespace",
                name,
                "pod-security.kubernetes.io/enforce=restricted",
                "pod-security.kubernetes.io/warn=restricted");
        return made;
    }

    /** What kubectl prints of this namespace; it must neither fail nor warn. */
    String kubectl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("--namespace", name));
        command.addAll(List.of(arguments));
        return clusterWide(command.toArray(String[]::new));
    }

    /** What kubectl prints; it must neither fail nor warn. */
    String clusterWide(String... arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl", "--kubeconfig", kubeconfig));
        command.addAll(List.of(arguments));
        Helm.Said said = Helm.finished(command);
        assertThat(said.exit()).as("%s: %s", command, said.err()).isZero();
        assertThat(said.err()).doesNotContain("Warning");
        return said.out();
    }

    /** What Helm prints; it must not fail. */
    String helm(String... arguments) {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addAll(List.of("--kubeconfig", kubeconfig, "--namespace", name));
        Helm.Said said = Helm.run(command.toArray(String[]::new));
        assertThat(said.exit()).as("%s: %s%s", command, said.out(), said.err()).isZero();
        return said.out();
    }

    /** Removes it; does not wait for that. */
    @Override
    public void close() {
        clusterWide("delete", "namespace", name, "--wait=false");
    }
}
