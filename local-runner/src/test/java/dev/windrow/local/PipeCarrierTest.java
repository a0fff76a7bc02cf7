package dev.windrow.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.wire.AgentMessages;
import dev.windrow.protocol.wire.EngineMessages;
import dev.windrow.protocol.wire.MessageInput;
import dev.windrow.worker.remote.PipeLink;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Several instances: pipes of the operating system between both sides. */
final class PipeCarrierTest implements CarrierContract {

    @Override
    public Carrier connect(EngineEnd engine, BlockingQueue<EngineMessage> agent)
            throws IOException {
        Pipe up = Pipe.open();
        Pipe down = Pipe.open();
        PipeSink sink = new PipeSink(Channels.newOutputStream(down.sink()), () -> {});
        InputStream fromAgent = Channels.newInputStream(up.source());
        daemon(sink);
        daemon(() -> {
            try (var in = new MessageInput<>(new AgentMessages(), fromAgent)) {
                in.forEach(engine::accept);
            } catch (IOException e) {
                // Closed by the test.
            }
        });
        daemon(() -> {
            try (var in =
                    new MessageInput<>(
                            new EngineMessages(), Channels.newInputStream(down.source()))) {
                in.forEach(agent::add);
            } catch (IOException e) {
                // Closed by the test.
            }
        });
        return new Carrier(
                new PipeLink(Channels.newOutputStream(up.sink())),
                sink,
                () -> {
                    engine.close();
                    sink.close();
                    close(fromAgent);
                });
    }

    private static void daemon(Runnable body) {
        Thread.ofPlatform().daemon().start(body);
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void givesAnAgentUpThatReadsNothing() throws Exception {
        Pipe down = Pipe.open();
        CountDownLatch stuck = new CountDownLatch(1);
        PipeSink sink = new PipeSink(Channels.newOutputStream(down.sink()), stuck::countDown);
        daemon(sink);
        for (int i = 0; i < 100_000 && stuck.getCount() > 0; i++) {
            sink.send(new EngineMessage.Recall(i));
        }
        assertThat(stuck.getCount()).isZero();
        down.source().close();
    }

    @Test
    void anEngineThatIsGoneIsTheEndOfTheStreamForAnAgent() throws Exception {
        Pipe down = Pipe.open();
        PipeSink sink = new PipeSink(Channels.newOutputStream(down.sink()), () -> {});
        daemon(sink);
        sink.send(new EngineMessage.Bye(true));
        sink.close();
        try (var in =
                new MessageInput<>(new EngineMessages(), Channels.newInputStream(down.source()))) {
            assertThat(in.next()).contains(new EngineMessage.Bye(true));
            assertThat(in.next()).isEmpty();
        }
    }

    @Test
    void anAgentThatIsGoneIsTheEndOfTheStreamForTheEngine() throws Exception {
        Pipe up = Pipe.open();
        new PipeLink(Channels.newOutputStream(up.sink())).send(new AgentMessage.Want(4));
        up.sink().close();
        try (var in =
                new MessageInput<>(new AgentMessages(), Channels.newInputStream(up.source()))) {
            assertThat(in.next()).contains(new AgentMessage.Want(4));
            assertThat(in.next()).isEmpty();
        }
    }
}
