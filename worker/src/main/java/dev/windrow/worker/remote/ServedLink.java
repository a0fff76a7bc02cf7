package dev.windrow.worker.remote;

import dev.windrow.protocol.AgentLink;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.Protocol;
import dev.windrow.protocol.wire.AgentMessages;
import dev.windrow.protocol.wire.MessageText;
import dev.windrow.protocol.wire.WireException;
import dev.windrow.worker.remote.Carrier.Channel;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An agent's way to a server over one connection after another. */
final class ServedLink implements AgentLink {

    private static final AgentMessages CODEC = new AgentMessages();

    private final AtomicReference<@Nullable Channel> current = new AtomicReference<>();

    /** What is said goes here from now on. */
    void use(Channel channel) {
        current.set(channel);
    }

    /** What is said is lost, and said again on the next connection. */
    void useNone() {
        current.set(null);
    }

    @Override
    public void send(AgentMessage message) {
        Channel channel = current.get();
        if (channel == null) {
            return;
        }
        byte[] text = MessageText.write(CODEC, message);
        if (text.length > Protocol.MESSAGE_MAX) {
            throw new WireException(
                    "message: %d bytes (expected: at most %d)"
                            .formatted(text.length, Protocol.MESSAGE_MAX));
        }
        try {
            channel.send(text);
        } catch (IOException _) {
            channel.close();
        }
    }
}
