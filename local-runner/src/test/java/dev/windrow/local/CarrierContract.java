package dev.windrow.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.protocol.AgentLink;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.runtime.gateway.EngineSink;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What both sides may expect of whatever carries their messages. */
@Timeout(60)
interface CarrierContract {

    /** Both ends of a connection, and what closes it from the engine's side. */
    record Carrier(AgentLink link, EngineSink sink, Runnable close) {}

    /** Connects an engine and an agent's inbox. */
    Carrier connect(EngineEnd engine, BlockingQueue<EngineMessage> agent) throws IOException;

    @Test
    default void carriesInOrderWhatEachThreadOfAnAgentSays() throws Exception {
        int threads = 3;
        int each = 2_000;
        EngineEnd engine = new EngineEnd();
        Carrier carrier = connect(engine, new LinkedBlockingQueue<>());
        for (int thread = 0; thread < threads; thread++) {
            String name = "thread" + thread;
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> {
                        for (int i = 0; i < each; i++) {
                            carrier.link().send(new AgentMessage.Note(name, Integer.toString(i)));
                        }
                    });
        }
        Map<String, Integer> next = new HashMap<>();
        for (int i = 0; i < threads * each; i++) {
            AgentMessage.Note note = (AgentMessage.Note) engine.take();
            int expected = next.merge(note.kind(), 1, Integer::sum) - 1;
            assertThat(note.text()).isEqualTo(Integer.toString(expected));
        }
        carrier.close().run();
    }

    @Test
    default void carriesInOrderWhatTheEngineSays() throws Exception {
        BlockingQueue<EngineMessage> agent = new LinkedBlockingQueue<>();
        Carrier carrier = connect(new EngineEnd(), agent);
        for (int i = 0; i < 2_000; i++) {
            carrier.sink().send(new EngineMessage.Recall(i));
        }
        for (int i = 0; i < 2_000; i++) {
            assertThat(agent.take()).isEqualTo(new EngineMessage.Recall(i));
        }
        carrier.close().run();
    }

    @Test
    default void anAgentIsNeverFarAheadOfTheEngine() throws Exception {
        int messages = 3_000;
        EngineEnd engine = new EngineEnd();
        Carrier carrier = connect(engine, new LinkedBlockingQueue<>());
        AtomicInteger sent = new AtomicInteger();
        String large = "x".repeat(1_000);
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    for (int i = 0; i < messages; i++) {
                        carrier.link().send(new AgentMessage.Note("large", large));
                        sent.incrementAndGet();
                    }
                });
        for (int taken = 1; taken <= messages; taken++) {
            engine.take();
            assertThat(sent.get() - taken).isLessThan(messages / 4);
        }
        carrier.close().run();
    }

    @Test
    default void whatIsSaidOnAClosedConnectionIsLost() throws Exception {
        EngineEnd engine = new EngineEnd();
        BlockingQueue<EngineMessage> agent = new LinkedBlockingQueue<>();
        Carrier carrier = connect(engine, agent);
        carrier.sink().send(new EngineMessage.Bye(true));
        assertThat(agent.take()).isEqualTo(new EngineMessage.Bye(true));

        carrier.close().run();
        for (int i = 0; i < 10_000; i++) {
            carrier.link().send(new AgentMessage.Note("late", "x".repeat(100)));
        }
        carrier.sink().send(new EngineMessage.Bye(true));
    }
}
