package dev.windrow.worker.transfer;

import dev.windrow.protocol.transfer.TransferResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What is sent back for an order.
 *
 * @param length bytes of the body that are sent; it may hold more
 */
record Reply(TransferResult result, InputStream body, long length) implements AutoCloseable {

    static final Reply MISSING =
            new Reply(TransferResult.MISSING, InputStream.nullInputStream(), 0);

    static Reply of(byte[] body) {
        return of(new ByteArrayInputStream(body), body.length);
    }

    static Reply of(InputStream body, long length) {
        return new Reply(TransferResult.DONE, body, length);
    }

    static Reply failed(String why) {
        byte[] text = why.getBytes(StandardCharsets.UTF_8);
        return new Reply(TransferResult.FAILED, new ByteArrayInputStream(text), text.length);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
