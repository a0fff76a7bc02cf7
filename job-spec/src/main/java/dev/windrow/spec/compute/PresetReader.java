package dev.windrow.spec.compute;

import dev.windrow.model.compute.InstanceType;
import dev.windrow.spec.MistakeCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads kinds of instances, each as Azure writes the specification of an InstanceType. */
final class PresetReader {

    static final String PATH = "properties.properties.instancePresets";

    private final AttachDocumentReader reader;

    PresetReader(AttachDocumentReader reader) {
        this.reader = reader;
    }

    List<InstanceType> read(@Nullable Object value) {
        List<InstanceType> types = new ArrayList<>();
        reader.map(value, PATH).forEach((name, one) -> types.add(type(String.valueOf(name), one)));
        return types;
    }

    private InstanceType type(String name, @Nullable Object value) {
        String path = PATH + "." + name.replaceAll("\\p{Cntrl}", "?");
        Map<?, ?> type = reader.map(value, path);
        reader.known(type, path + ".", List.of("nodeSelector", "resources"));
        Map<?, ?> resources = reader.map(type.get("resources"), path + ".resources");
        reader.known(resources, path + ".resources.", List.of("requests", "limits"));
        return new InstanceType(
                name,
                texts(type.get("nodeSelector"), path + ".nodeSelector"),
                texts(resources.get("requests"), path + ".resources.requests"),
                texts(resources.get("limits"), path + ".resources.limits"));
    }

    /** YAML makes numbers of quantities; with Azure a resource may be null, which is none of it. */
    private Map<String, String> texts(@Nullable Object value, String path) {
        Map<String, String> texts = new LinkedHashMap<>();
        reader.map(value, path)
                .forEach((key, one) -> {
                    if (one instanceof String || one instanceof Number) {
                        texts.put(String.valueOf(key), String.valueOf(one));
                    } else if (one != null) {
                        reader.add(
                                MistakeCode.WRONG_TYPE,
                                path + "." + key,
                                String.valueOf(one),
                                "a text or a number");
                    }
                });
        return texts;
    }
}
