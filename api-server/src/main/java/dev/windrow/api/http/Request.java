package dev.windrow.api.http;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request whose body has arrived. All that a client says comes through here, so that all of it is
 * checked.
 */
public final class Request {

    private static final int DEEPEST = 50;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .build())
                                    .build())
                    .build();

    private final Caller caller;
    private final Map<String, String> path;
    private final Map<String, List<String>> query;
    private final Map<String, String> headers;
    private final byte[] body;
    private final InputStream stream;

    Request(
            Caller caller,
            Map<String, String> path,
            Map<String, List<String>> query,
            Map<String, String> headers,
            byte[] body,
            InputStream stream) {
        this.caller = caller;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.stream = stream;
    }

    /** The body of an operation that streams; empty for others. */
    public InputStream stream() {
        return stream;
    }

    /** Reads and writes JSON as everything here does. */
    public static JsonMapper json() {
        return MAPPER;
    }

    public Caller caller() {
        return caller;
    }

    /** A part of the path by its name in the contract. */
    public String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no part of the path is called " + name);
        }
        return value;
    }

    /** A part of the path that some paths of the operation do not have. */
    public Optional<String> maybePath(String name) {
        return Optional.ofNullable(path.get(name));
    }

    /** A header by its name in lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Refuses parameters that the operation does not know. */
    public void allowOnly(Set<String> names) {
        for (String name : query.keySet()) {
            if (!names.contains(name)) {
                throw Problem.invalid(
                        "query", name, names.isEmpty() ? "no parameter" : Fields.oneOf(names));
            }
        }
    }

    /** A parameter that may be given once. */
    public Optional<String> query(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw Problem.invalid(name, String.join(", ", values), "one value");
        }
        return values.stream().findFirst();
    }

    /** A parameter that may be given several times. */
    public List<String> queries(String name, int most) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() > most) {
            throw Problem.invalid(name, values.size() + " values", "at most " + most);
        }
        return values;
    }

    /** A whole number within bounds. */
    public int whole(String name, int least, int most, int otherwise) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        String rule = "a whole number from %d to %d".formatted(least, most);
        try {
            int value = Integer.parseInt(text.get());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException _) {
            // Refused below.
        }
        throw Problem.invalid(name, text.get(), rule);
    }

    /** The body as it came. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as a JSON object. */
    public ObjectNode object(Set<String> types) {
        String type = header("content-type").orElse("").split(";", 2)[0].strip();
        if (!types.contains(type.toLowerCase(Locale.ROOT))) {
            throw Problem.of(
                    415,
                    "WRONG_CONTENT_TYPE",
                    "Content-Type: %s (expected: %s)"
                            .formatted(
                                    Texts.shown(type),
                                    String.join(" or ", types.stream().sorted().toList())));
        }
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw Problem.invalid(
                    "body",
                    new String(
                            body,
                            0,
                            Math.min(body.length, 100),
                            java.nio.charset.StandardCharsets.UTF_8),
                    "a JSON object");
        } catch (JacksonException e) {
            throw Problem.of(
                    400,
                    "MALFORMED_JSON",
                    "body: " + Texts.shown(String.valueOf(e.getOriginalMessage())));
        }
    }
}
