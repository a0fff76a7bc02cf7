package dev.windrow.k8s.pod;

import dev.windrow.protocol.tls.Authorities;
import dev.windrow.runtime.compute.ClusterTarget;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The server, as pods are told of it. Variables tell them all: certificates are no secrets, and so
 * no object beside the pod is needed, which a probe has none of.
 *
 * @param url its address, as seen from pods
 * @param authorities certificates in PEM that pods trust beside those that Java trusts
 */
public record ServerForPods(String url, Optional<String> authorities) {

    /** That of a compute. */
    public static ServerForPods of(ClusterTarget target) {
        return new ServerForPods(target.server().toString(), target.authorities());
    }

    /** One whose certificate, if it has any, Java trusts by itself. */
    public static ServerForPods at(String url) {
        return new ServerForPods(url, Optional.empty());
    }

    /** What is told, and what else a pod is told. */
    List<EnvVar> variables(EnvVar... others) {
        List<EnvVar> all = new ArrayList<>();
        all.add(PodParts.variable("WINDROW_SERVER", url));
        authorities.ifPresent(pem -> all.add(PodParts.variable(Authorities.VARIABLE, pem)));
        all.addAll(List.of(others));
        return all;
    }
}
