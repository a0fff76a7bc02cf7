package dev.windrow.protocol.wire;

import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** Writes values as JSON, one after the other. Not safe for use by several threads. */
public final class WireWriter implements AutoCloseable {

    /** ASCII only: a text may be cut anywhere, and half a surrogate pair survives. */
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                    .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                    .build();

    private final JsonGenerator json;

    /**
     * @param out is neither flushed nor closed
     */
    public WireWriter(OutputStream out) {
        this.json = FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    }

    /** Begins a record; its components follow. */
    public WireWriter begin() {
        json.writeStartArray();
        return this;
    }

    public WireWriter end() {
        json.writeEndArray();
        return this;
    }

    public WireWriter number(long value) {
        json.writeNumber(value);
        return this;
    }

    public WireWriter flag(boolean value) {
        json.writeBoolean(value);
        return this;
    }

    public WireWriter text(String value) {
        json.writeString(value);
        return this;
    }

    public WireWriter bytes(byte[] value) {
        json.writeBinary(value);
        return this;
    }

    /** Writes a list; {@code one} writes an element. */
    public <E> WireWriter list(List<E> elements, Consumer<E> one) {
        json.writeStartArray();
        elements.forEach(one);
        json.writeEndArray();
        return this;
    }

    /** Hands everything to the stream. */
    @Override
    public void close() {
        json.close();
    }
}
