package dev.windrow.protocol.wire;

import dev.windrow.protocol.Protocol;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads values of JSON, one after the other. Everything in it is bounded. Not safe for use by
 * several threads.
 */
public final class WireReader implements AutoCloseable {

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxDocumentLength(Protocol.MESSAGE_MAX)
                                    .maxNestingDepth(WireLimits.DEPTH_MAX)
                                    .maxNumberLength(WireLimits.DIGITS_MAX)
                                    .maxStringLength(WireLimits.TEXT_MAX)
                                    .build())
                    .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build();

    private final JsonParser json;
    private boolean peeked;

    /**
     * @param in is not closed
     */
    public WireReader(InputStream in) {
        this.json = FACTORY.createParser(ObjectReadContext.empty(), in);
    }

    /** Reads a record; what a newer version has put at its end is skipped. */
    public <T> T record(Supplier<T> components) {
        expect(JsonToken.START_ARRAY, "a record");
        T value = components.get();
        skipRest();
        return value;
    }

    /** Skips to the end of the record that is being read. */
    private void skipRest() {
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            if (token == null) {
                throw new WireException("record: no end (expected: whole)");
            }
            json.skipChildren();
        }
    }

    public <E> List<E> list(Supplier<E> one) {
        expect(JsonToken.START_ARRAY, "a list");
        List<E> elements = new ArrayList<>();
        while (peek() != JsonToken.END_ARRAY) {
            if (elements.size() == WireLimits.LIST_MAX) {
                throw new WireException(
                        "list: more (expected: at most %d elements)"
                                .formatted(WireLimits.LIST_MAX));
            }
            elements.add(one.get());
        }
        next();
        return elements;
    }

    public long number() {
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        return json.getLongValue();
    }

    public int integer() {
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        return json.getIntValue();
    }

    public boolean flag() {
        JsonToken token = next();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw unexpected(token, "true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    public String text() {
        expect(JsonToken.VALUE_STRING, "a text");
        return json.getString();
    }

    public byte[] bytes() {
        expect(JsonToken.VALUE_STRING, "base64");
        return json.getBinaryValue();
    }

    /** True when the next value is a text. */
    boolean textFollows() {
        return peek() == JsonToken.VALUE_STRING;
    }

    /** True when the record that is being read has no more components. */
    boolean atEnd() {
        return peek() == JsonToken.END_ARRAY;
    }

    private void expect(JsonToken wanted, String words) {
        JsonToken token = next();
        if (token != wanted) {
            throw unexpected(token, words);
        }
    }

    private static WireException unexpected(JsonToken token, String words) {
        return new WireException("%s (expected: %s)".formatted(token, words));
    }

    private JsonToken peek() {
        if (!peeked) {
            json.nextToken();
            peeked = true;
        }
        return json.currentToken();
    }

    private JsonToken next() {
        JsonToken token = peek();
        peeked = false;
        return token;
    }

    /** Ends the reading of a document, of which nothing may be left. */
    void finish() {
        if (next() != null) {
            throw new WireException("message: more after its end (expected: nothing)");
        }
    }

    @Override
    public void close() {
        json.close();
    }
}
