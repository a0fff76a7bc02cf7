package dev.windrow.worker.process;

import dev.windrow.protocol.Cause;
import dev.windrow.protocol.Problem;
import dev.windrow.protocol.RowSpan;
import dev.windrow.protocol.Timing;
import dev.windrow.worker.core.WorkerEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What a worker's frames mean. */
final class Answers {

    private static final int ROWS_UNWRITABLE = 2;

    private final int worker;
    private final String segment;
    private final JsonFactory json;

    Answers(int worker, String segment, JsonFactory json) {
        this.worker = worker;
        this.segment = segment;
        this.json = json;
    }

    /** The event in a frame; empty when nobody needs to know. */
    Optional<WorkerEvent> read(FrameReader.Frame frame) throws IOException {
        ByteBuffer body = frame.body();
        return switch (frame.type()) {
            case Frames.DONE -> Optional.of(done(body));
            case Frames.FAILED -> Optional.of(failed(body));
            case Frames.READY -> Optional.of(new WorkerEvent.Ready(worker));
            case Frames.LOAD_FAILED ->
                    Optional.of(new WorkerEvent.LoadFailed(worker, problem(body)));
            case Frames.INIT_FAILED ->
                    Optional.of(new WorkerEvent.InitFailed(worker, problem(body)));
            case Frames.HELLO, Frames.LOADED, Frames.BYE -> Optional.empty();
            default -> throw new IOException("frame type: %d".formatted(frame.type()));
        };
    }

    private WorkerEvent done(ByteBuffer body) {
        int index = body.getInt();
        long returned = body.getInt() & 0xffff_ffffL;
        long offset = body.getLong();
        long length = body.getLong();
        int head = body.getInt();
        Timing timing = new Timing(worker, body.getLong(), body.getLong(), body.getLong());
        RowSpan rows = length == 0 ? RowSpan.NONE : new RowSpan(segment, offset, length, head);
        return new WorkerEvent.Done(worker, index, timing, returned, rows);
    }

    private WorkerEvent failed(ByteBuffer body) {
        int index = body.getInt();
        Timing timing = new Timing(worker, body.getLong(), body.getLong(), body.getLong());
        int kind = body.get();
        Problem problem = new Problem(text(body), text(body), text(body), text(body));
        if (kind == ROWS_UNWRITABLE) {
            return new WorkerEvent.RowsUnwritable(worker, index, problem.message());
        }
        Cause cause =
                switch (kind) {
                    case 0 -> Cause.EXCEPTION;
                    case 1 -> Cause.BAD_RETURN;
                    default -> Cause.LOAD_FAILED;
                };
        return new WorkerEvent.Failed(worker, index, timing, cause, problem);
    }

    private static String text(ByteBuffer body) {
        byte[] bytes = new byte[Math.min(body.getInt(), body.remaining())];
        body.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Problem problem(ByteBuffer body) throws IOException {
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        String type = "Error";
        String message = "";
        String traceback = "";
        String userLine = "";
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), bytes)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() != JsonToken.PROPERTY_NAME) {
                    continue;
                }
                String name = parser.currentName();
                parser.nextToken();
                String value = parser.currentToken().isScalarValue() ? parser.getString() : "";
                switch (name) {
                    case "error_type" -> type = value;
                    case "message" -> message = value;
                    case "traceback" -> traceback = value;
                    case "user_line" -> userLine = value;
                    default -> {}
                }
            }
        }
        return new Problem(type, message, traceback, userLine);
    }
}
