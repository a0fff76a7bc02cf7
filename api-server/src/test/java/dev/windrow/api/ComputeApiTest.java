package dev.windrow.api;

import static dev.windrow.api.RunningApi.JOBS;
import static dev.windrow.api.RunningApi.json;
import static dev.windrow.api.RunningApi.spec;
import static dev.windrow.api.RunningApi.submission;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.host.HostLimits;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class ComputeApiTest {

    private static final String WORKSPACE = "/api/v1/workspaces/default";
    private static final String COMPUTES = WORKSPACE + "/computes";

    @TempDir Path home;
    private RunningApi api;

    @BeforeEach
    void start() throws Exception {
        api = new RunningApi(home, new HostLimits(1, 100));
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
        assertThat(api.faults).isEmpty();
    }

    private static String body(String resource, String namespace) {
        return """
        {"properties":{"computeType":"Kubernetes","resourceId":"%s",
         "properties":{"namespace":"%s"}}}
        """
                .formatted(resource, namespace);
    }

    private HttpResponse<String> attach(String name, String body) throws Exception {
        return api.send(api.json(COMPUTES + "/" + name).PUT(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> detach(String name, String query) throws Exception {
        return api.send(api.to(COMPUTES + "/" + name + query).DELETE());
    }

    private String state(String name) throws Exception {
        return json(api.get(COMPUTES + "/" + name))
                .path("properties")
                .path("provisioningState")
                .stringValue("");
    }

    /** The operation once it has ended. */
    private JsonNode ended(HttpResponse<String> begun) throws Exception {
        String link = begun.headers().firstValue("Operation-Location").orElseThrow();
        String path = link.substring(api.url().length());
        HttpResponse<String> answer = api.get(path);
        while (json(answer).path("state").stringValue().equals("InProgress")) {
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            LockSupport.parkNanos(1_000_000);
            answer = api.get(path);
        }
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
        return json(answer);
    }

    @Test
    void attachesAClusterAndShowsWhatWasFound() throws Exception {
        Path flag = home.resolve("go");
        HttpResponse<String> made = attach("gpu", body("context:until=" + flag, "team-a"));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location").orElse("")).endsWith("/computes/gpu");
        JsonNode properties = json(made).path("properties");
        assertThat(properties.path("provisioningState").stringValue()).isEqualTo("Creating");
        assertThat(properties.path("status").isNull()).isTrue();
        HttpResponse<String> same = attach("gpu", body("context:until=" + flag, "team-a"));
        assertThat(same.statusCode()).isEqualTo(200);
        assertThat(same.headers().firstValue("Operation-Location"))
                .isEqualTo(made.headers().firstValue("Operation-Location"));
        HttpResponse<String> other = attach("gpu", body("context:good", "team-a"));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(json(other).path("code").stringValue()).isEqualTo("COMPUTE_BUSY");
        Files.writeString(flag, "");
        assertThat(ended(made).path("state").stringValue()).isEqualTo("Succeeded");
        JsonNode compute = json(api.get(COMPUTES + "/gpu"));
        assertThat(compute.path("properties").path("computeLocation").stringValue())
                .isEqualTo("rack-1");
        JsonNode inner = compute.path("properties").path("properties");
        assertThat(inner.path("namespace").stringValue()).isEqualTo("team-a");
        assertThat(inner.path("defaultInstanceType").stringValue()).isEqualTo("small");
        assertThat(inner.path("instanceTypes").path("small").path("resources").path("limits"))
                .isNotEmpty();
        assertThat(
                        compute.path("properties")
                                .path("status")
                                .path("provisioningState")
                                .stringValue())
                .isEqualTo("Succeeded");
        HttpResponse<String> again = attach("gpu", body("context:until=" + flag, "team-a"));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("Operation-Location")).isEmpty();
    }

    @Test
    void attachesAnewAndTellsWhyItFails() throws Exception {
        ended(attach("gpu", body("context:good", "default")));
        Path flag = home.resolve("go");
        HttpResponse<String> anew = attach("gpu", body("context:until=" + flag, "default"));
        assertThat(anew.statusCode()).isEqualTo(200);
        assertThat(state("gpu")).isEqualTo("Updating");
        Files.writeString(flag, "");
        ended(anew);
        assertThat(state("gpu")).isEqualTo("Succeeded");
        JsonNode failed = ended(attach("gpu", body("context:bad", "default")));
        assertThat(failed.path("state").stringValue()).isEqualTo("Failed");
        assertThat(failed.path("error").path("code").stringValue())
                .isEqualTo("NAMESPACE_NOT_FOUND");
        assertThat(state("gpu")).isEqualTo("Failed");
        JsonNode errors =
                json(api.get(COMPUTES + "/gpu")).path("properties").path("provisioningErrors");
        assertThat(errors.get(0).path("error").path("message").stringValue())
                .isEqualTo("namespace: default (expected: one of the cluster's)");
        JsonNode broken = ended(attach("other", body("context:broken", "default")));
        assertThat(broken.path("error").path("code").stringValue())
                .isEqualTo("CLUSTER_PROVIDER_FAILED");
        assertThat(state("other")).isEqualTo("Failed");
    }

    @Test
    void takesUpWhatWasGoingOnWhenTheServerEnded() throws Exception {
        Path flag = home.resolve("go");
        attach("gpu", body("context:until=" + flag, "default"));
        attach("bad", body("context:until=" + home.resolve("never"), "default"));
        assertThat(detach("bad", "?force=true").statusCode()).isEqualTo(202);
        api.close();
        Files.writeString(flag, "");
        api = new RunningApi(home, new HostLimits(1, 100));
        HttpResponse<String> same = attach("gpu", body("context:until=" + flag, "default"));
        if (same.headers().firstValue("Operation-Location").isPresent()) {
            ended(same);
        }
        assertThat(state("gpu")).isEqualTo("Succeeded");
        while (api.get(COMPUTES + "/bad").statusCode() != 404) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void detachesAndNeverDeletes() throws Exception {
        ended(attach("gpu", body("context:good", "default")));
        HttpResponse<String> delete = detach("gpu", "?action=delete");
        assertThat(delete.statusCode()).isEqualTo(405);
        assertThat(json(delete).path("detail").stringValue())
                .contains("windrow compute detach gpu");
        HttpResponse<String> begun = detach("gpu", "");
        assertThat(begun.statusCode()).isEqualTo(202);
        assertThat(ended(begun).path("state").stringValue()).isEqualTo("Succeeded");
        assertThat(api.get(COMPUTES + "/gpu").statusCode()).isEqualTo(404);
        assertThat(detach("gpu", "").statusCode()).isEqualTo(404);
        HttpResponse<String> here = detach("local", "?force=true");
        assertThat(here.statusCode()).isEqualTo(409);
        assertThat(json(here).path("code").stringValue()).isEqualTo("NOT_DETACHABLE");
    }

    @Test
    void keepsAClusterThatCannotBeCleanedUnlessItIsForced() throws Exception {
        ended(attach("gpu", body("context:good", "stuck")));
        JsonNode failed = ended(detach("gpu", ""));
        assertThat(failed.path("error").path("code").stringValue()).isEqualTo("OBJECTS_LEFT");
        assertThat(state("gpu")).isEqualTo("Failed");
        JsonNode forced = ended(detach("gpu", "?force=true"));
        assertThat(forced.path("state").stringValue()).isEqualTo("Succeeded");
        assertThat(forced.path("error").path("message").stringValue())
                .isEqualTo("pods: 2 are left");
        assertThat(api.get(COMPUTES + "/gpu").statusCode()).isEqualTo(404);
    }

    @Test
    void tellsAllMistakesOfAnAttachAtOnce() throws Exception {
        HttpResponse<String> answer =
                attach(
                        "gpu",
                        """
                        {"location":"eastus","identity":{"type":"systemassigned"},
                         "properties":{"computeType":"Kubernetes","resourceId":"/somewhere",
                         "properties":{"namespace":"Team_A","createNamespace":"yes"}}}
                        """);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("code").stringValue()).isEqualTo("INVALID_COMPUTE");
        List<String> paths = new ArrayList<>();
        json(answer).path("errors").forEach(one -> paths.add(one.path("path").stringValue()));
        assertThat(paths)
                .containsExactlyInAnyOrder(
                        "location",
                        "properties.properties.createNamespace",
                        "properties.resourceId",
                        "properties.properties.namespace",
                        "identity.type");
        assertThat(api.get(COMPUTES + "/gpu").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"properties\":1}",
                "{\"properties\":{}}",
                "{\"properties\":{\"computeType\":\"AKS\",\"resourceId\":\"in-cluster\"}}",
                "{\"properties\":{\"computeType\":\"Kubernetes\",\"resourceId\":[1]}}",
                "{\"tags\":{\"\":\"x\"},\"properties\":{\"computeType\":\"Kubernetes\",\"resourceId\":\"in-cluster\"}}",
                "{\"tags\":{\"a\":1},\"properties\":{\"computeType\":\"Kubernetes\",\"resourceId\":\"in-cluster\"}}",
                "{\"identity\":{\"type\":\"UserAssigned\"},\"properties\":{\"computeType\":\"Kubernetes\",\"resourceId\":\"in-cluster\"}}",
                "{\"properties\":{\"computeType\":\"Kubernetes\",\"resourceId\":\"context:\\u0000\"}}"
            })
    void refusesABodyThatAttachesNothing(String body) throws Exception {
        HttpResponse<String> answer = attach("gpu", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).path("detail").stringValue()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /computes/nobody, 404, COMPUTE_NOT_FOUND",
        "GET, /computes/nobody/status, 404, COMPUTE_NOT_FOUND",
        "GET, /computes/nobody/quota, 404, COMPUTE_NOT_FOUND",
        "GET, /computes/..%2F..%2Fetc, 400, INVALID_REQUEST",
        "GET, /computes?type=aks, 400, INVALID_REQUEST",
        "GET, /computes?max=0, 400, INVALID_REQUEST",
        "DELETE, /computes/nobody?action=delete, 404, COMPUTE_NOT_FOUND",
        "DELETE, /computes/nobody?action=stop, 400, INVALID_REQUEST",
        "DELETE, /computes/nobody?force=yes, 400, INVALID_REQUEST",
        "GET, /operations/x, 400, INVALID_REQUEST",
        "GET, /operations/00000000-0000-0000-0000-000000000000, 404, OPERATION_NOT_FOUND",
        "POST, /computes/local, 405, METHOD_NOT_ALLOWED"
    })
    void refusesWhatIsWrongWithAProblem(String method, String path, int status, String code)
            throws Exception {
        HttpResponse<String> answer =
                api.send(api.to(WORKSPACE + path).method(method, BodyPublishers.noBody()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).path("code").stringValue()).isEqualTo(code);
    }

    @Test
    void keepsNamesThatAreNoClustersFree() throws Exception {
        for (String name : List.of("local", "amlcompute", "AmlCompute", "containerinstance")) {
            HttpResponse<String> answer = attach(name, body("context:good", "default"));
            assertThat(answer.statusCode()).as(name).isEqualTo(409);
            assertThat(json(answer).path("code").stringValue()).isEqualTo("COMPUTE_NAME_RESERVED");
        }
    }

    @Test
    void listsComputesInPagesWithTheServersMachineAmongThem() throws Exception {
        for (String name : List.of("zeta", "alpha", "mid")) {
            ended(attach(name, body("context:good", "default")));
        }
        List<String> names = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = json(api.get(COMPUTES + "?max=2" + cursor));
            page.path("items").forEach(one -> names.add(one.path("name").stringValue()));
            JsonNode next = page.path("next_cursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.stringValue();
        } while (!cursor.isEmpty());
        assertThat(names).containsExactly("alpha", "local", "mid", "zeta");
        assertThat(json(api.get(COMPUTES + "?type=local")).path("items")).hasSize(1);
        assertThat(json(api.get("/api/v1/workspaces/other/computes")).path("items")).hasSize(1);
    }

    @Test
    void changesLabelsAlsoOfTheServersMachine() throws Exception {
        for (String name : List.of("local", "gpu")) {
            if (name.equals("gpu")) {
                ended(attach(name, body("context:good", "default")));
            }
            String patch =
                    "{\"tags\":{\"a\":\"1\",\"b\":\"2\"},\"properties\":{\"description\":\"x\"}}";
            assertThat(patch(name, patch).statusCode()).isEqualTo(200);
            JsonNode now = json(patch(name, "{\"tags\":{\"a\":null}}"));
            assertThat(now.path("tags").toString()).isEqualTo("{\"b\":\"2\"}");
            assertThat(now.path("properties").path("description").stringValue()).isEqualTo("x");
            assertThat(patch(name, "{\"name\":\"y\"}").statusCode()).isEqualTo(400);
            assertThat(patch(name, "{\"tags\":[]}").statusCode()).isEqualTo(400);
        }
        assertThat(json(api.get(COMPUTES)).path("items")).hasSize(2);
    }

    private HttpResponse<String> patch(String name, String body) throws Exception {
        return api.send(
                api.json(COMPUTES + "/" + name).method("PATCH", BodyPublishers.ofString(body)));
    }

    @Test
    void tellsHowTheServersMachineIsAndWhatRunsOnIt() throws Exception {
        Path folder =
                api.job("long", 2, "import time", "def run(mini_batch):", "    time.sleep(600)");
        api.put("runs", submission(folder, spec()));
        api.put("waits", submission(folder, spec("compute: azureml:local")));
        JsonNode status = json(api.get(COMPUTES + "/local/status"));
        assertThat(status.path("machine").path("cpus").intValue()).isPositive();
        assertThat(status.path("machine").path("memory_bytes").longValue()).isPositive();
        assertThat(status.path("jobs_running").intValue()).isEqualTo(1);
        assertThat(status.path("jobs_waiting").intValue()).isEqualTo(1);
        assertThat(status.path("running").get(0).stringValue()).isEqualTo("runs");
        JsonNode python = status.path("health").get(0);
        assertThat(python.path("name").stringValue()).isEqualTo("python");
        assertThat(python.path("ok").booleanValue()).as(python.toString()).isTrue();
        JsonNode quota = json(api.get(COMPUTES + "/local/quota")).path("items");
        assertThat(quota.get(0).toString())
                .isEqualTo("{\"name\":\"running_jobs\",\"used\":\"1\",\"limit\":\"1\"}");
        assertThat(quota.get(1).toString())
                .isEqualTo("{\"name\":\"waiting_jobs\",\"used\":\"1\",\"limit\":\"100\"}");
        assertThat(quota.get(2).path("name").stringValue()).isEqualTo("instances");
        api.post(JOBS + "/runs/cancel", "");
        api.post(JOBS + "/waits/cancel", "");
        api.ended("runs");
        api.ended("waits");
    }

    @Test
    void showsHealthAndQuotaOfACluster() throws Exception {
        ended(attach("gpu", body("context:good", "default")));
        JsonNode status = json(api.get(COMPUTES + "/gpu/status"));
        assertThat(status.path("provisioning_state").stringValue()).isEqualTo("Succeeded");
        assertThat(status.path("health").get(0).path("name").stringValue()).isEqualTo("namespace");
        assertThat(status.path("machine").isNull()).isTrue();
        assertThat(json(api.get(COMPUTES + "/gpu/quota")).path("items").get(3).toString())
                .isEqualTo("{\"name\":\"requests.cpu\",\"used\":\"1\",\"limit\":\"8\"}");
    }

    @Test
    void refusesAJobForAComputeThatCannotRunIt() throws Exception {
        ended(attach("gpu", body("context:good", "default")));
        Path folder = api.job("far", 1, "def run(mini_batch):", "    return [1]");
        HttpResponse<String> unknown =
                api.put("far", submission(folder, spec("compute: azureml:cpu-cluster")));
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(json(unknown).path("code").stringValue()).isEqualTo("COMPUTE_NOT_FOUND");
        assertThat(json(unknown).path("detail").stringValue())
                .isEqualTo(
                        "compute: cpu-cluster (expected: one of local, gpu; to run on the server's own machine: --compute local)");
        HttpResponse<String> attached =
                api.put("far", submission(folder, spec("compute: azureml:gpu")));
        assertThat(attached.statusCode()).isEqualTo(422);
        assertThat(json(attached).path("code").stringValue()).isEqualTo("NO_COMPUTE_RUNNER");
        JsonNode checked =
                json(
                        api.post(
                                WORKSPACE + "/validate",
                                submission(folder, spec("compute: cpu-cluster"))));
        assertThat(checked.path("valid").booleanValue()).isFalse();
        assertThat(checked.path("errors").get(0).path("code").stringValue())
                .isEqualTo("COMPUTE_NOT_FOUND");
        assertThat(home.resolve("jobs/far")).doesNotExist();
        assertThat(api.get(JOBS + "/far").statusCode()).isEqualTo(404);
    }

    @Test
    void letsOnlyAdminsChangeAndEveryoneLook() throws Exception {
        JsonNode token =
                json(
                        api.post(
                                "/api/v1/tokens",
                                "{\"user\":\"ann\",\"role\":\"submitter\",\"workspace\":\"default\"}"));
        String bearer = "Bearer " + token.path("token").stringValue();
        var put = api.json(COMPUTES + "/gpu").setHeader("Authorization", bearer);
        String body = body("context:good", "default");
        assertThat(api.send(put.PUT(BodyPublishers.ofString(body))).statusCode()).isEqualTo(403);
        var get = api.to(COMPUTES + "/local/status").setHeader("Authorization", bearer);
        assertThat(api.send(get.GET()).statusCode()).isEqualTo(200);
        var other = api.to("/api/v1/workspaces/other/computes").setHeader("Authorization", bearer);
        assertThat(api.send(other.GET()).statusCode()).isEqualTo(403);
        var store = api.json(WORKSPACE + "/datastores/big").setHeader("Authorization", bearer);
        assertThat(api.send(store.PUT(BodyPublishers.ofString("{}"))).statusCode()).isEqualTo(403);
        assertThat(Files.readString(home.resolve("server/audit.log")))
                .contains("/computes/gpu\",\"status\":403");
    }
}
