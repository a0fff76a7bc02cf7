package dev.windrow.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One request to be made.
 *
 * @param target encoded path with query, from the server's address
 * @param repeatable whether a second one changes nothing further
 */
record Call(
        String method,
        String target,
        Map<String, String> headers,
        byte @Nullable [] body,
        boolean repeatable) {

    static Call get(String target) {
        return new Call("GET", target, Map.of(), null, true);
    }

    static Call put(String target, Map<String, ? extends @Nullable Object> document) {
        return new Call("PUT", target, Map.of(), null, true)
                .with("application/json", Json.bytes(document));
    }

    /** A PUT without a body. */
    static Call put(String target) {
        return new Call("PUT", target, Map.of(), null, true);
    }

    /** A PUT of bytes that are no document. */
    static Call bytes(String target, byte[] bytes) {
        return put(target).with("application/octet-stream", bytes);
    }

    static Call delete(String target) {
        return new Call("DELETE", target, Map.of(), null, true);
    }

    /** A POST that may be repeated, as the contract says of all that are made here. */
    static Call post(String target) {
        return new Call("POST", target, Map.of(), null, true);
    }

    /** A POST as {@link #post(String)} with a document. */
    static Call post(String target, Map<String, ? extends @Nullable Object> document) {
        return post(target).with("application/json", Json.bytes(document));
    }

    /** A POST that would do its work again when it is repeated. */
    static Call postOnce(String target, Map<String, ? extends @Nullable Object> document) {
        return new Call("POST", target, Map.of(), null, false)
                .with("application/json", Json.bytes(document));
    }

    /** A merge patch; never repeated, since somebody else may have changed the job meanwhile. */
    static Call patch(String target, Map<String, ? extends @Nullable Object> document) {
        return new Call("PATCH", target, Map.of(), null, false)
                .with("application/merge-patch+json", Json.bytes(document));
    }

    /** Gives a path of encoded segments, each after a slash. */
    static String path(String... segments) {
        return Stream.of(segments)
                .map(segment -> "/" + encoded(segment))
                .collect(Collectors.joining());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Call query(String name, String value) {
        String joint = target.indexOf('?') < 0 ? "?" : "&";
        String longer = target + joint + encoded(name) + "=" + encoded(value);
        return new Call(method, longer, headers, body, repeatable);
    }

    Call header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Call(method, target, more, body, repeatable);
    }

    private Call with(String contentType, byte[] bytes) {
        return new Call(method, target, Map.of("Content-Type", contentType), bytes, repeatable);
    }
}
