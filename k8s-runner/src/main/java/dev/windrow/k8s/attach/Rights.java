package dev.windrow.k8s.attach;

import dev.windrow.k8s.access.Calls;
import dev.windrow.k8s.access.RefusedException;
import dev.windrow.model.compute.ClusterRight;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which of the needed rights the server's account has in a namespace.
 *
 * @param granted as {@code RESOURCE VERB}
 * @param denied verbs by resource, in the order of what is needed
 */
record Rights(Set<String> granted, Map<String, List<String>> denied) {

    /** Asks the cluster for each verb of each right. */
    static Rights ask(KubernetesClient client, Calls calls, String namespace)
            throws InterruptedException {
        Set<String> granted = new TreeSet<>();
        Map<String, List<String>> denied = new LinkedHashMap<>();
        for (ClusterRight right : ClusterRight.NEEDED) {
            for (String verb : right.verbs()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (isAllowed(client, calls, review(namespace, right.resource(), verb))) {
                    granted.add(right.resource() + " " + verb);
                } else {
                    denied.computeIfAbsent(right.resource(), _ -> new ArrayList<>()).add(verb);
                }
            }
        }
        return new Rights(granted, denied);
    }

    private static SelfSubjectAccessReview review(String namespace, String resource, String verb) {
        int slash = resource.indexOf('/');
        return new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withVerb(verb)
                .withGroup("")
                .withResource(slash < 0 ? resource : resource.substring(0, slash))
                .withSubresource(slash < 0 ? "" : resource.substring(slash + 1))
                .endResourceAttributes()
                .endSpec()
                .build();
    }

    private static boolean isAllowed(
            KubernetesClient client, Calls calls, SelfSubjectAccessReview review) {
        try {
            SelfSubjectAccessReview answer =
                    calls.read(() ->
                            client.authorization().v1().selfSubjectAccessReview().create(review));
            return Boolean.TRUE.equals(answer.getStatus().getAllowed());
        } catch (RefusedException _) {
            // Who may not even ask has no right that could be relied on.
            return false;
        }
    }

    boolean may(String resource, String verb) {
        return granted.contains(resource + " " + verb);
    }

    boolean any() {
        return !granted.isEmpty();
    }

    Check check(String namespace, Mending mending) {
        if (denied.isEmpty()) {
            return Check.good("rights", "all that is needed in " + namespace);
        }
        String missing =
                denied.entrySet().stream()
                        .map(one -> one.getKey() + " (" + String.join(", ", one.getValue()) + ")")
                        .collect(Collectors.joining(", "));
        return Check.wrong(
                "rights",
                "RIGHTS_MISSING",
                "this server has no right in namespace %s to %s (expected: all of them)"
                        .formatted(namespace, missing),
                mending.manifest());
    }
}
