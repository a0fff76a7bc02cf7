package dev.windrow.api.http;

import io.vertx.core.http.ServerWebSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** What is sent back. */
public sealed interface Answer {

    /** A JSON document. */
    record Json(int status, JsonNode body, Map<String, String> headers) implements Answer {
        public Json {
            headers = Map.copyOf(headers);
        }
    }

    /** A short text. */
    record Text(int status, String type, String body) implements Answer {}

    /** Nothing but the status. */
    record Empty(int status) implements Answer {}

    /**
     * A file, or the part of it that the request's {@code Range} asks for.
     *
     * @param length known when the file was looked at; what is appended later is not sent
     * @param headers of the answer, beside those of every file
     */
    record FilePart(Path file, long length, String type, String name, Map<String, String> headers)
            implements Answer {

        public FilePart {
            headers = Map.copyOf(headers);
        }

        /** One without headers of its own. */
        public FilePart(Path file, long length, String type, String name) {
            this(file, length, type, name, Map.of());
        }
    }

    /**
     * Bytes from somewhere else than this machine's disk, or the part of them that the request's
     * {@code Range} asks for; never more than a few are in memory.
     *
     * @param threads one is taken while they are sent
     */
    record Flow(long length, String type, Executor threads, Source source) implements Answer {

        /** Has the bytes. */
        @FunctionalInterface
        public interface Source {
            /**
             * Copies some; blocks. Fails with any exception, which cuts the connection.
             *
             * @param from the first byte
             * @param to the one after the last
             * @param sink blocks while the client is behind
             */
            void copy(long from, long to, Consumer<byte[]> sink);
        }
    }

    /**
     * Lines made one after another while they are sent; never more than a few are in memory.
     *
     * @param lines is called once on a thread that may block; what it accepts blocks while the
     *     client is behind
     */
    record Lines(String type, Consumer<Consumer<String>> lines) implements Answer {}

    /** Server-sent events until the source ends them or the client goes away. */
    record Events(EventSource source) implements Answer {}

    /**
     * An answer that is not there yet, and holds no thread until it is.
     *
     * @param answer ends within a bounded time; fails with a {@link Problem} to refuse the request
     */
    record Later(CompletionStage<Answer> answer) implements Answer {}

    /**
     * The connection becomes a WebSocket.
     *
     * @param opened takes it, on its event loop
     * @param refused hears that it was none
     */
    record Socket(Consumer<ServerWebSocket> opened, Runnable refused) implements Answer {}

    /** Its status; 200 when it may still become 206. */
    default int status() {
        return switch (this) {
            case Json json -> json.status();
            case Text text -> text.status();
            case Empty empty -> empty.status();
            case FilePart _, Flow _, Lines _, Events _, Later _ -> 200;
            case Socket _ -> 101;
        };
    }

    /** The usual answer. */
    static Json ok(JsonNode body) {
        return new Json(200, body, Map.of());
    }
}
