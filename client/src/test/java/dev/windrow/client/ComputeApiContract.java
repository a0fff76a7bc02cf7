package dev.windrow.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.windrow.client.ComputeException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client finds of computes and datastores with any server that keeps the contract. */
abstract class ComputeApiContract {

    private Workspace workspace = Workspace.at(Workspace.USUAL_SERVER);

    /** Gives a workspace with nothing attached. */
    abstract Workspace workspace();

    @BeforeEach
    void begin() {
        workspace = workspace();
    }

    private static AttachConfiguration to(String cluster) {
        return AttachConfiguration.builder()
                .resourceId(cluster)
                .namespace("team-a")
                .description("for the team")
                .tag("owner", "ada")
                .build();
    }

    private KubernetesCompute attached() {
        KubernetesCompute compute = workspace.computes().attach("gpu", to("context:good"));
        compute.waitForCompletion();
        return compute;
    }

    @Test
    void attachesAClusterAndWaitsForIt() {
        KubernetesCompute compute = KubernetesCompute.attach(workspace, "gpu", to("context:good"));
        assertThat(compute.id()).isEqualTo("/workspaces/default/computes/gpu");
        assertThat(compute.type()).isEqualTo("kubernetes");
        assertThat(compute.isAttached()).isTrue();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        compute.waitForCompletion(
                new PrintStream(printed, true, StandardCharsets.UTF_8),
                false,
                Duration.ofMinutes(1));
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("attach has finished: Succeeded");
        assertThat(compute.provisioningState()).isEqualTo(ProvisioningState.SUCCEEDED);
        assertThat(compute.provisioningErrors()).isEmpty();
        assertThat(compute.namespace()).isEqualTo("team-a");
        assertThat(compute.clusterResourceId()).contains("context:good");
        assertThat(compute.clusterLocation()).contains("rack-1");
        assertThat(compute.defaultInstanceType()).contains("small");
        assertThat(compute.instanceTypes()).containsOnlyKeys("small");
        assertThat(compute.identityType()).isEmpty();
        assertThat(compute.identityIds()).isEmpty();
        assertThat(compute.description()).contains("for the team");
        assertThat(compute.tags()).containsEntry("owner", "ada");
        assertThat(compute.location()).isNotBlank();
        assertThat(compute.createdOn()).isPresent();
        assertThat(compute.modifiedOn()).isPresent();
    }

    @Test
    void attachingTheSameAgainChangesNothing() {
        attached();
        KubernetesCompute again = workspace.computes().attach("gpu", to("context:good"));
        assertThat(again.provisioningState()).isEqualTo(ProvisioningState.SUCCEEDED);
        again.waitForCompletion(false, Duration.ZERO);
    }

    @Test
    void tellsWhyAnAttachFailed() {
        KubernetesCompute compute = workspace.computes().attach("gpu", to("context:bad"));
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(compute::waitForCompletion)
                .withMessageContaining("namespace: it is not there")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.FAILED))
                .satisfies(e -> assertThat(e.code()).isEqualTo("NAMESPACE_NOT_FOUND"));
        assertThat(compute.provisioningState()).isEqualTo(ProvisioningState.FAILED);
        assertThat(compute.provisioningErrors())
                .extracting(ComputeFault::code)
                .containsExactly("NAMESPACE_NOT_FOUND");
        KubernetesCompute found = KubernetesCompute.of(workspace, "gpu");
        assertThatExceptionOfType(ComputeException.class).isThrownBy(found::waitForCompletion);
        assertThat(found.getStatus().error()).isPresent();
    }

    @Test
    void givesUpWaitingWhenTheTimeIsOver() {
        KubernetesCompute compute = workspace.computes().attach("gpu", to("context:silent"));
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(() -> compute.waitForCompletion(false, Duration.ofMillis(5)))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TIMED_OUT));
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(() -> workspace.computes().attach("gpu", to("context:good")))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
        compute.detachByForce().waitForCompletion(true, Duration.ofMinutes(1));
        assertThat(compute.get()).isEmpty();
    }

    @Test
    void givesTheClassThatAComputeIsOf() {
        attached();
        assertThat(Compute.of(workspace, "gpu")).isInstanceOf(KubernetesCompute.class);
        assertThat(Compute.of(workspace, "local")).isInstanceOf(LocalCompute.class);
        assertThat(workspace.computes().list().map(Compute::name)).containsExactly("gpu", "local");
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(() -> KubernetesCompute.of(workspace, "local"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(() -> Compute.of(workspace, "nobody"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(() -> Compute.of(workspace, "../jobs"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
    }

    @Test
    void tellsHowTheServersMachineIs() {
        Compute local = Compute.of(workspace, "local");
        ComputeStatus status = local.getStatus();
        assertThat(status.machine().orElseThrow().cpus()).isPositive();
        assertThat(status.machine().orElseThrow().memoryBytes()).isPositive();
        assertThat(status.health()).extracting(Finding::name).contains("python");
        assertThat(status.provisioningState()).isEqualTo(ProvisioningState.SUCCEEDED);
        assertThat(local.quota().getFirst().name()).isEqualTo("running_jobs");
        assertThat(local.quota().getFirst().limit()).contains("4");
        assertThat(local.type()).isEqualTo("local");
        assertThat(local.id()).endsWith("/computes/local");
        assertThat(local.provisioningState()).isEqualTo(ProvisioningState.SUCCEEDED);
    }

    @Test
    void refreshesInPlace() {
        KubernetesCompute compute = attached();
        Compute changed =
                workspace
                        .computes()
                        .update(
                                "gpu",
                                ComputeUpdate.none()
                                        .tag("stage", "prod")
                                        .withoutTag("owner")
                                        .description("now ours"));
        assertThat(changed.tags()).containsOnlyKeys("stage");
        assertThat(compute.tags()).containsOnlyKeys("owner");
        assertThat(compute.refreshState()).isSameAs(compute);
        assertThat(compute.tags()).containsOnlyKeys("stage");
        assertThat(compute.description()).contains("now ours");
        assertThat(compute.getStatus().provisioningState()).isEqualTo(ProvisioningState.SUCCEEDED);
        assertThat(
                        workspace
                                .computes()
                                .update("gpu", ComputeUpdate.none().withoutDescription())
                                .description())
                .isEmpty();
    }

    @Test
    void writesAComputeAndReadsItAgain() {
        KubernetesCompute compute = attached();
        Map<String, @Nullable Object> written = compute.serialize();
        assertThat(written)
                .containsOnlyKeys("id", "name", "tags", "location", "identity", "properties");
        assertThat(SerializedCompute.map(written.get("properties")).keySet())
                .isEqualTo(
                        java.util.Set.of(
                                "computeType",
                                "computeLocation",
                                "description",
                                "resourceId",
                                "provisioningErrors",
                                "provisioningState",
                                "properties",
                                "status"));
        KubernetesCompute read = KubernetesCompute.deserialize(workspace, written);
        assertThat(read.serialize()).isEqualTo(written);
        assertThat(read.name()).isEqualTo("gpu");
        assertThat(read.refreshState().namespace()).isEqualTo("team-a");
        assertThat(AttachConfiguration.of(written)).isEqualTo(to("context:good"));
        assertThat(compute.get().orElseThrow()).containsEntry("name", "gpu");
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(() -> KubernetesCompute.deserialize(workspace.named("other"), written))
                .satisfies(e -> assertThat(e.code()).isEqualTo("WRONG_WORKSPACE"));
        Map<String, @Nullable Object> broken = new LinkedHashMap<>(written);
        broken.remove("tags");
        broken.put("properties", Map.of("computeType", "AmlCompute"));
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(() -> KubernetesCompute.deserialize(workspace, broken))
                .satisfies(e -> assertThat(e.mistakes()).hasSize(7));
    }

    @Test
    void detachesAndNeverDeletes() {
        KubernetesCompute compute = attached();
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(compute::delete)
                .withMessageContaining("detach")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_SUPPORTED));
        compute.detach();
        assertThat(compute.provisioningState()).isEqualTo(ProvisioningState.DELETING);
        compute.waitForCompletion(true, Duration.ofMinutes(1));
        assertThat(compute.get()).isEmpty();
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(compute::refreshState)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
        assertThatExceptionOfType(ComputeException.class)
                .isThrownBy(() -> workspace.computes().detach("local"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
    }

    @Test
    void makesListsChecksAndForgetsDatastores(@TempDir Path folder) {
        DatastoreClient stores = workspace.datastores();
        Datastore made =
                stores.create("big", DatastoreSpec.at(folder.toString()).withDescription("x"));
        assertThat(made.uri()).isEqualTo("azureml://datastores/big/paths/");
        assertThat(made.path()).contains(folder.toString());
        assertThat(made.location()).isEqualTo(folder.toString());
        assertThat(stores.get("big")).isEqualTo(made);
        assertThat(stores.create("plain", DatastoreSpec.local()).path()).isEmpty();
        assertThat(stores.list().map(Datastore::name))
                .containsExactly("big", "plain", "workspaceblobstore");
        DatastoreCheck check = stores.check("big");
        assertThat(check.ok()).isTrue();
        assertThat(check.freeBytes().orElseThrow()).isPositive();
        assertThat(check.findings()).extracting(Finding::name).contains("reachable");
        stores.delete("big");
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> stores.get("big"));
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> stores.delete("workspaceblobstore"));
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> stores.create("far", DatastoreSpec.at("relative")));
        DatastoreSpec remote =
                new DatastoreSpec("s3", java.util.Optional.empty(), java.util.Optional.empty());
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> stores.create("far", remote))
                .satisfies(e -> assertThat(e.code()).isEqualTo("DATASTORE_KIND_NOT_BUILT"));
    }
}
