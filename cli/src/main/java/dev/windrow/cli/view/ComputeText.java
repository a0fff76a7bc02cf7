package dev.windrow.cli.view;

import dev.windrow.client.Compute;
import dev.windrow.client.ComputeFault;
import dev.windrow.client.ComputeStatus;
import dev.windrow.client.Finding;
import dev.windrow.client.KubernetesCompute;
import dev.windrow.client.LocalCompute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Computes for people, and in rows. */
public final class ComputeText {

    /** A finding ends with the command that mends it, which must not be cut off. */
    private static final int FINDING_MAX = 600;

    private ComputeText() {}

    /** What a compute is. */
    public static List<String> lines(Compute compute) {
        List<String> lines = new ArrayList<>();
        lines.add(compute.provisioningState() + "  " + compute.name());
        switch (compute) {
            case LocalCompute _ -> add(lines, "type", "local: the server's own machine");
            case KubernetesCompute cluster -> cluster(lines, cluster);
        }
        compute.description().ifPresent(text -> add(lines, "description", text));
        compute.tags().forEach((key, value) -> add(lines, "tag", key + "=" + value));
        return lines;
    }

    private static void cluster(List<String> lines, KubernetesCompute cluster) {
        add(lines, "type", cluster.type());
        cluster.clusterResourceId().ifPresent(id -> add(lines, "cluster", id));
        cluster.clusterLocation().ifPresent(place -> add(lines, "location", place));
        add(lines, "namespace", cluster.namespace());
        cluster.identityType()
                .ifPresent(type ->
                        add(
                                lines,
                                "identity",
                                (type + " " + String.join(", ", cluster.identityIds())).strip()));
        cluster.defaultInstanceType().ifPresent(type -> add(lines, "usual type", type));
        if (!cluster.instanceTypes().isEmpty()) {
            add(lines, "types", String.join(", ", cluster.instanceTypes().keySet()));
        }
        cluster.podTerms().forEach((key, term) -> add(lines, label(key), term(term)));
        cluster.provisioningErrors().forEach(fault -> fault(lines, fault));
    }

    private static String label(String key) {
        return switch (key) {
            case "priorityClass" -> "priority";
            case "imagePullSecrets" -> "pull secrets";
            case "serviceAccount" -> "account";
            default -> key;
        };
    }

    /** As it is typed. */
    private static String term(Object term) {
        return switch (term) {
            case List<?> several ->
                    several.stream().map(ComputeText::term).collect(Collectors.joining(", "));
            case Map<?, ?> toleration -> {
                Object value = toleration.get("value");
                Object effect = toleration.get("effect");
                yield Objects.requireNonNullElse(toleration.get("key"), "*")
                        + (value == null ? "" : "=" + value)
                        + (effect == null ? "" : ":" + effect);
            }
            default -> String.valueOf(term);
        };
    }

    /** Name, type, state, cluster and namespace. */
    public static List<String> row(Compute compute) {
        return switch (compute) {
            case LocalCompute local ->
                    List.of(local.name(), local.type(), local.provisioningState() + "", "", "");
            case KubernetesCompute cluster ->
                    List.of(
                            cluster.name(),
                            cluster.type(),
                            cluster.provisioningState() + "",
                            cluster.clusterResourceId().orElse(""),
                            cluster.namespace());
        };
    }

    /** How a compute is. */
    public static List<String> lines(ComputeStatus status) {
        List<String> lines = new ArrayList<>();
        lines.add(status.provisioningState() + "  " + status.name());
        status.error().ifPresent(fault -> fault(lines, fault));
        status.machine()
                .ifPresent(machine ->
                        add(
                                lines,
                                "machine",
                                "%s, %s of memory, %s"
                                        .formatted(
                                                Words.count(machine.cpus(), "CPU", "CPUs"),
                                                Words.bytes(machine.memoryBytes()),
                                                Words.count(machine.gpus(), "GPU", "GPUs"))));
        add(
                lines,
                "jobs",
                "%d running, %d waiting".formatted(status.jobsRunning(), status.jobsWaiting()));
        status.running().forEach(name -> add(lines, "", name));
        status.health().forEach(one -> add(lines, one.name(), finding(one)));
        return lines;
    }

    /** A finding in one line. */
    static String finding(Finding one) {
        return (one.ok() ? "ok  " : "wrong  ") + Words.oneLine(one.message(), FINDING_MAX);
    }

    /** Name, state and jobs. */
    public static List<String> row(ComputeStatus status) {
        return List.of(
                status.name(),
                status.provisioningState().toString(),
                Integer.toString(status.jobsRunning()),
                Integer.toString(status.jobsWaiting()));
    }

    /** A status as the server has it. */
    public static Map<String, @Nullable Object> document(ComputeStatus status) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("name", status.name());
        map.put("provisioning_state", status.provisioningState().toString());
        map.put("error", status.error().map(ComputeText::fault).orElse(null));
        map.put("creation_time", status.creationTime().toString());
        map.put("modified_time", status.modifiedTime().toString());
        map.put("health", status.health().stream().map(ComputeText::document).toList());
        map.put("jobs_running", status.jobsRunning());
        map.put("jobs_waiting", status.jobsWaiting());
        map.put("running", status.running());
        map.put("machine", status.machine().map(ComputeText::machine).orElse(null));
        return map;
    }

    private static Map<String, Object> fault(ComputeFault fault) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("code", fault.code());
        map.put("message", fault.message());
        return map;
    }

    private static Map<String, Object> machine(ComputeStatus.Machine machine) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cpus", machine.cpus());
        map.put("memory_bytes", machine.memoryBytes());
        map.put("gpus", machine.gpus());
        return map;
    }

    static Map<String, Object> document(Finding one) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", one.name());
        map.put("ok", one.ok());
        map.put("message", one.message());
        return map;
    }

    /** A message has a line for each thing that is wrong. */
    private static void fault(List<String> lines, ComputeFault fault) {
        List<String> said = fault.message().lines().toList();
        add(lines, "error", fault.code() + (said.isEmpty() ? "" : ": " + said.getFirst()));
        said.stream().skip(1).forEach(one -> add(lines, "", one));
    }

    static void add(List<String> lines, String label, String text) {
        lines.add("  %-12s  %s".formatted(label, Words.oneLine(text, FINDING_MAX)));
    }
}
