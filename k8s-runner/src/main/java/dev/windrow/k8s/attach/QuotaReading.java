package dev.windrow.k8s.attach;

import dev.windrow.runtime.compute.QuotaFinding;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the quotas of a namespace say. Pure. */
final class QuotaReading {

    private static final Set<String> PODS = Set.of("pods", "count/pods");

    private QuotaReading() {}

    /** How much of each resource is used; the quota is named where several limit the same. */
    static List<QuotaFinding> findings(List<ResourceQuota> quotas) {
        Set<String> once = new HashSet<>();
        Set<String> often = new HashSet<>();
        quotas.forEach(one ->
                hard(one)
                        .keySet()
                        .forEach(name -> {
                            if (!once.add(name)) {
                                often.add(name);
                            }
                        }));
        List<QuotaFinding> findings = new ArrayList<>();
        for (ResourceQuota quota : quotas) {
            Map<String, Quantity> used = used(quota);
            hard(quota)
                    .forEach((name, limit) ->
                            findings.add(
                                    new QuotaFinding(
                                            often.contains(name)
                                                    ? "%s (%s)".formatted(name, name(quota))
                                                    : name,
                                            text(used.get(name)),
                                            Optional.of(text(limit)))));
        }
        return findings;
    }

    /** The first quota that lets no pod in at all. */
    static Optional<String> closed(List<ResourceQuota> quotas) {
        return quotas.stream()
                .filter(quota ->
                        hard(quota).entrySet().stream()
                                .anyMatch(one ->
                                        PODS.contains(one.getKey())
                                                && text(one.getValue()).equals("0")))
                .map(QuotaReading::name)
                .findFirst();
    }

    private static String name(ResourceQuota quota) {
        return quota.getMetadata().getName();
    }

    private static Map<String, Quantity> hard(ResourceQuota quota) {
        Map<String, Quantity> hard = quota.getSpec() == null ? null : quota.getSpec().getHard();
        return hard == null ? Map.of() : new TreeMap<>(hard);
    }

    private static Map<String, Quantity> used(ResourceQuota quota) {
        Map<String, Quantity> used = quota.getStatus() == null ? null : quota.getStatus().getUsed();
        return used == null ? Map.of() : used;
    }

    private static String text(@org.jspecify.annotations.Nullable Quantity quantity) {
        return quantity == null ? "0" : quantity.toString();
    }
}
