package dev.windrow.k8s.fleet;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Requests of one account, by verb, as the API server itself counts them. Its flow control counts
 * by FlowSchema, so there is one for each verb, which changes nothing else.
 */
final class RequestCounts implements AutoCloseable {

    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "list", "patch", "watch");

    private static final String SCHEMA =
            """
            apiVersion: flowcontrol.apiserver.k8s.io/v1
            kind: FlowSchema
            metadata: {name: NAMESPACE-VERB}
            spec:
              matchingPrecedence: 300
              priorityLevelConfiguration: {name: workload-low}
              rules:
                - subjects:
                    - {kind: ServiceAccount, serviceAccount: {namespace: NAMESPACE, name: ACCOUNT}}
                  resourceRules:
                    - {verbs: [VERB], apiGroups: ["*"], resources: ["*"], namespaces: ["*"]}
            """;

    private final KubernetesClient client;
    private final String namespace;

    RequestCounts(KubernetesClient client, String namespace, String account) {
        this.client = client;
        this.namespace = namespace;
        for (String verb : VERBS) {
            String yaml =
                    SCHEMA.replace("NAMESPACE", namespace)
                            .replace("VERB", verb)
                            .replace("ACCOUNT", account);
            client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                    .serverSideApply();
        }
    }

    /** How many there were by now, by verb. */
    Map<String, Integer> all() {
        String metrics = client.raw("/metrics");
        Map<String, Integer> counts = new TreeMap<>();
        for (String verb : VERBS) {
            Pattern line =
                    Pattern.compile(
                            "apiserver_flowcontrol_dispatched_requests_total\\{flow_schema=\"%s-%s\".*} ([0-9.e+]+)"
                                    .formatted(namespace, verb));
            int count =
                    line.matcher(metrics)
                            .results()
                            .mapToInt(found -> (int) Double.parseDouble(found.group(1)))
                            .sum();
            counts.put(verb, count);
        }
        return counts;
    }

    @Override
    public void close() {
        for (String verb : VERBS) {
            client.flowControl()
                    .v1()
                    .flowSchema()
                    .withName("%s-%s".formatted(namespace, verb))
                    .delete();
        }
    }
}
