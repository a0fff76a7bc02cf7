package dev.windrow.worker.remote;

import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.wire.EngineMessages;
import dev.windrow.protocol.wire.MessageInput;
import dev.windrow.protocol.wire.WireException;
import dev.windrow.worker.Agent;
import dev.windrow.worker.AgentConfig;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * Where an agent begins that is a process of its own. It reads its configuration and then the
 * engine's messages from standard input and writes its own to standard output. The end of the input
 * means that the engine is gone: the workers are killed and the process ends at once.
 */
public final class AgentMain {

    private static final int FAILED = 1;

    private AgentMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        // Whoever prints must not print into the messages.
        System.setOut(System.err);
        MessageInput<AgentConfig> first =
                new MessageInput<>(new ConfigMessages(), new FileInputStream(FileDescriptor.in));
        Optional<AgentConfig> config = first.next();
        if (config.isPresent()) {
            run(config.get(), first.followedBy(new EngineMessages()));
        }
    }

    private static void run(AgentConfig config, MessageInput<EngineMessage> engine)
            throws InterruptedException {
        ThreadFactory threads = Thread.ofPlatform().daemon().name("agent-", 0).factory();
        PipeLink link = new PipeLink(new FileOutputStream(FileDescriptor.out));
        Agent agent = new Agent(config, link, threads, InstantSource.system());
        outliveSignals(agent);
        threads.newThread(() -> listen(engine, agent)).start();
        agent.connected();
        agent.start();
        agent.await();
        Runtime.getRuntime().halt(agent.failed() ? FAILED : 0);
    }

    /**
     * Ctrl-C reaches every process of a terminal. What becomes of the job is decided by the
     * engine's process alone, so here the end of the JVM waits for the end of the agent.
     */
    private static void outliveSignals(Agent agent) {
        Thread hook =
                new Thread(() -> {
                    try {
                        agent.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private static void listen(MessageInput<EngineMessage> engine, Agent agent) {
        int status = 0;
        try {
            engine.forEach(agent::deliver);
        } catch (IOException e) {
            // As good as the end of the input.
        } catch (WireException e) {
            System.err.println(e.getMessage());
            status = FAILED;
        }
        agent.kill();
        Runtime.getRuntime().halt(status);
    }
}
