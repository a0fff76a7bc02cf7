package dev.windrow.model.compute;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A kind of instance that jobs may ask for by name.
 *
 * @param nodeSelector labels of the machines it runs on
 * @param requests resources it is sure to have, such as {@code cpu} and {@code memory}
 * @param limits resources it never has more of
 */
public record InstanceType(
        String name,
        Map<String, String> nodeSelector,
        Map<String, String> requests,
        Map<String, String> limits) {

    public InstanceType {
        nodeSelector = Collections.unmodifiableMap(new LinkedHashMap<>(nodeSelector));
        requests = Collections.unmodifiableMap(new LinkedHashMap<>(requests));
        limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
    }
}
