package dev.windrow.worker.remote;

import java.io.IOException;

/**
 * Tries a WebSocket first. A proxy that breaks those answers in the server's place; then it is the
 * answer to a plain request that counts.
 */
record EitherCarrier(Carrier first, Carrier second) implements Carrier {

    @Override
    public Channel open(int agent, Receiver receiver) throws IOException, InterruptedException {
        try {
            return first.open(agent, receiver);
        } catch (Refused e) {
            if (e.gone()) {
                throw e;
            }
            return second.open(agent, receiver);
        }
    }
}
