package dev.windrow.worker.remote;

import dev.windrow.protocol.wire.MessageCodec;
import dev.windrow.protocol.wire.WireReader;
import dev.windrow.protocol.wire.WireWriter;
import java.net.URI;
import java.util.Optional;

/** What an agent that a server starts is told first; its own configuration follows. */
public final class StartMessages implements MessageCodec<StartMessages.Start> {

    /**
     * Where to connect.
     *
     * @param token of the job; never on a command line, where everybody could read it
     */
    public record Start(URI server, String token) {}

    @Override
    public void write(Start start, WireWriter wire) {
        wire.begin().text(start.server().toString()).text(start.token()).end();
    }

    @Override
    public Optional<Start> read(WireReader wire) {
        return Optional.of(wire.record(() -> new Start(URI.create(wire.text()), wire.text())));
    }
}
