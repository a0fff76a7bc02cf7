package dev.windrow.k8s.pod;

import dev.windrow.model.compute.Toleration;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What all pods of ours have alike; with it they pass the level {@code restricted}. Pure. */
final class PodParts {

    /** Images say by number who they run as; as root they may not run. */
    private static final long USER = 10_001;

    private PodParts() {}

    static PodSecurityContext podSecurity() {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                // Changing the owner of each file of a large volume would take for ever.
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    static SecurityContext security() {
        Capabilities none = new Capabilities();
        none.setDrop(List.of("ALL"));
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withCapabilities(none)
                .build();
    }

    static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    static ResourceRequirements resources(PodOrder.Size size) {
        return new ResourceRequirementsBuilder()
                .withRequests(quantities(size.requests()))
                .withLimits(quantities(size.limits()))
                .build();
    }

    private static Map<String, Quantity> quantities(Map<String, String> texts) {
        Map<String, Quantity> quantities = new TreeMap<>();
        texts.forEach((name, text) -> quantities.put(name, new Quantity(text)));
        return quantities;
    }

    static VolumeMount mount(String volume, String path, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(readOnly ? true : null)
                .build();
    }

    static VolumeBuilder named(String name) {
        return new VolumeBuilder().withName(name);
    }

    static List<io.fabric8.kubernetes.api.model.Toleration> tolerations(List<Toleration> all) {
        return all.stream().map(PodParts::toleration).toList();
    }

    private static io.fabric8.kubernetes.api.model.Toleration toleration(Toleration one) {
        return new TolerationBuilder()
                .withKey(one.key().orElse(null))
                .withOperator(one.value().isPresent() ? "Equal" : "Exists")
                .withValue(one.value().orElse(null))
                .withEffect(one.effect().orElse(null))
                .build();
    }

    static List<LocalObjectReference> secrets(List<String> names) {
        return names.stream().map(LocalObjectReference::new).toList();
    }
}
