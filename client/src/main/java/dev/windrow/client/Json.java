package dev.windrow.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON in and out: keys in snake case, unknown keys ignored, unknown words of an enum null. */
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                    .build();

    private static final JsonMapper ASCII =
            MAPPER.rebuild().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Json() {}

    /**
     * Reads one document.
     *
     * @throws JacksonException when it is no such document
     */
    static <T> T read(byte[] bytes, Class<T> type) {
        return MAPPER.readValue(bytes, type);
    }

    /** Reads one document as {@link #read(byte[], Class)} does. */
    static <T> T read(String text, Class<T> type) {
        return MAPPER.readValue(text, type);
    }

    static byte[] bytes(Map<String, ? extends @Nullable Object> document) {
        return MAPPER.writeValueAsBytes(document);
    }

    /** Gives text that is also YAML, whatever characters it holds. */
    static String asciiText(Map<String, Object> document) {
        return ASCII.writeValueAsString(document);
    }

    /** Gives a copy of a list that the document may not have had. */
    static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** Gives a copy of a map that the document may not have had; its order stays. */
    static <V> Map<String, V> map(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
