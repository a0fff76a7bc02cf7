package dev.windrow.api.compute;

import dev.windrow.model.compute.Attachment;
import dev.windrow.model.compute.InstanceType;
import dev.windrow.runtime.compute.ClusterFindings;
import dev.windrow.runtime.compute.HealthFinding;
import dev.windrow.runtime.host.ComputeStatus;
import dev.windrow.runtime.host.ComputeView;
import dev.windrow.spec.compute.AttachDocument;
import dev.windrow.store.register.ComputeOperation;
import dev.windrow.store.register.Fault;
import dev.windrow.store.register.ProvisioningState;
import dev.windrow.store.register.RegisteredCompute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Computes as documents of Azure's shape, and what is ours alone as documents of our own. */
final class ComputeJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int RUNNING_MOST = 100;

    private ComputeJson() {}

    static ObjectNode compute(ComputeView view, String url) {
        RegisteredCompute compute = view.compute();
        ObjectNode node = NODES.objectNode();
        node.put("id", compute.key().id());
        node.put("name", compute.key().name());
        node.put("workspace", compute.key().workspace());
        node.put("type", compute.kind());
        // There is one place only; clients of Azure insist on a name for it.
        node.put("location", "local");
        node.set("tags", texts(compute.texts().tags()));
        node.set("identity", identity(view.attachment()));
        node.put(
                "operation",
                compute.operation()
                        .map(id -> operationLink(url, compute.key().workspace(), id))
                        .orElse(null));
        node.set("properties", properties(view));
        return node;
    }

    private static JsonNode identity(Optional<Attachment> attachment) {
        return attachment
                .flatMap(Attachment::identity)
                .<JsonNode>map(one -> tree(AttachDocument.identity(one)))
                .orElseGet(NODES::nullNode);
    }

    private static JsonNode tree(Map<String, Object> map) {
        return dev.windrow.api.http.Request.json().valueToTree(map);
    }

    private static ObjectNode properties(ComputeView view) {
        RegisteredCompute compute = view.compute();
        ObjectNode node = NODES.objectNode();
        boolean attached = view.attachment().isPresent();
        node.put("computeType", attached ? AttachDocument.KUBERNETES : "Local");
        node.put(
                "computeLocation", view.findings().flatMap(ClusterFindings::location).orElse(null));
        node.put("description", compute.texts().description().orElse(null));
        node.put("resourceId", view.attachment().map(one -> one.cluster().text()).orElse(null));
        node.put("createdOn", compute.trace().createdAt().toString());
        node.put("createdBy", compute.trace().createdBy());
        node.put("modifiedOn", compute.trace().modifiedAt().toString());
        node.put("modifiedBy", compute.trace().modifiedBy());
        node.put("provisioningState", compute.state().text());
        ArrayNode errors = node.putArray("provisioningErrors");
        compute.error().ifPresent(fault -> errors.addObject().set("error", error(fault)));
        node.put("isAttachedCompute", attached);
        if (attached) {
            node.set("properties", inner(view.attachment().get(), view.findings()));
        } else {
            node.putObject("properties");
        }
        node.set("status", status(compute));
        return node;
    }

    private static ObjectNode inner(Attachment attachment, Optional<ClusterFindings> findings) {
        ObjectNode node = NODES.objectNode();
        node.put("namespace", attachment.namespace());
        node.put("createNamespace", attachment.createNamespace());
        AttachDocument.pods(attachment)
                .forEach((key, value) ->
                        node.set(
                                key,
                                dev.windrow.api.http.Request.json().<JsonNode>valueToTree(value)));
        node.put(
                "defaultInstanceType",
                findings.flatMap(ClusterFindings::defaultInstanceType).orElse(null));
        ObjectNode types = node.putObject("instanceTypes");
        for (InstanceType type : findings.map(ClusterFindings::instanceTypes).orElse(List.of())) {
            ObjectNode one = types.putObject(type.name());
            one.set("nodeSelector", texts(type.nodeSelector()));
            ObjectNode resources = one.putObject("resources");
            resources.set("requests", texts(type.requests()));
            resources.set("limits", texts(type.limits()));
        }
        return node;
    }

    /** As Azure's SDK has it: only of a compute that can be used or is being changed. */
    private static JsonNode status(RegisteredCompute compute) {
        if (compute.state() != ProvisioningState.SUCCEEDED
                && compute.state() != ProvisioningState.UPDATING) {
            return NODES.nullNode();
        }
        ObjectNode node = NODES.objectNode();
        node.put("creationTime", compute.trace().createdAt().toString());
        node.put("modifiedTime", compute.trace().modifiedAt().toString());
        node.put("provisioningState", compute.state().text());
        return node;
    }

    static ObjectNode status(ComputeStatus status) {
        RegisteredCompute compute = status.compute().compute();
        ObjectNode node = NODES.objectNode();
        node.put("name", compute.key().name());
        node.put("provisioning_state", compute.state().text());
        node.set("error", compute.error().<JsonNode>map(ComputeJson::error).orElse(null));
        node.put("creation_time", compute.trace().createdAt().toString());
        node.put("modified_time", compute.trace().modifiedAt().toString());
        ArrayNode health = node.putArray("health");
        status.health().forEach(one -> health.add(finding(one)));
        node.put("jobs_running", status.running().size());
        node.put("jobs_waiting", status.waiting());
        ArrayNode jobs = node.putArray("running");
        status.running().stream().limit(RUNNING_MOST).forEach(jobs::add);
        status.machine()
                .ifPresentOrElse(
                        machine ->
                                node.putObject("machine")
                                        .put("cpus", machine.cpus())
                                        .put("memory_bytes", machine.memoryBytes())
                                        .put("gpus", machine.gpus()),
                        () -> node.putNull("machine"));
        return node;
    }

    static ObjectNode finding(HealthFinding finding) {
        return NODES.objectNode()
                .put("name", finding.name())
                .put("ok", finding.ok())
                .put("message", finding.message());
    }

    static ObjectNode operation(ComputeOperation operation) {
        ObjectNode node = NODES.objectNode();
        node.put("id", operation.id());
        node.put("kind", operation.kind().text());
        node.put("target", operation.target());
        node.put("state", operation.state().text());
        node.put("force", operation.force());
        node.set("error", operation.error().<JsonNode>map(ComputeJson::error).orElse(null));
        node.put("started_at", operation.startedAt().toString());
        node.put("started_by", operation.startedBy());
        node.put("ended_at", operation.endedAt().map(Object::toString).orElse(null));
        return node;
    }

    static String operationLink(String url, String workspace, String id) {
        return url + "/api/v1/workspaces/" + workspace + "/operations/" + id;
    }

    private static ObjectNode error(Fault fault) {
        return NODES.objectNode().put("code", fault.code()).put("message", fault.message());
    }

    private static ObjectNode texts(Map<String, String> map) {
        ObjectNode node = NODES.objectNode();
        map.forEach(node::put);
        return node;
    }
}
