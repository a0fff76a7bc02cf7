package dev.windrow.worker.remote;

import dev.windrow.protocol.wire.MessageInput;
import dev.windrow.worker.AgentConfig;
import dev.windrow.worker.process.OwnSession;
import dev.windrow.worker.remote.StartMessages.Start;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * Where an agent begins that a server has started and that outlives it. It reads from standard
 * input where the server is and what there is to do, and speaks with it over the network.
 */
public final class ServedAgentMain {

    private static final int FAILED = 1;

    private ServedAgentMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        OwnSession.begin();
        MessageInput<Start> first =
                new MessageInput<>(new StartMessages(), new FileInputStream(FileDescriptor.in));
        Optional<Start> start = first.next();
        Optional<AgentConfig> config =
                start.isEmpty() ? Optional.empty() : first.followedBy(new ConfigMessages()).next();
        // Otherwise the server has gone before it had said all.
        if (start.isPresent() && config.isPresent()) {
            Optional<String> why = run(start.get(), config.get());
            why.ifPresent(text -> System.err.println("agent: ends because of " + text));
            Runtime.getRuntime().halt(why.isPresent() ? FAILED : 0);
        }
    }

    static Optional<String> run(Start start, AgentConfig config) throws InterruptedException {
        ThreadFactory threads = Thread.ofPlatform().daemon().name("agent-", 0).factory();
        InstantSource clock = InstantSource.system();
        ServerAddress server = new ServerAddress(start.server(), start.token());
        return ServedAgent.of(server, config, threads, clock).run();
    }
}
