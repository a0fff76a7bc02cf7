package dev.windrow.worker.remote;

import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.wire.EngineMessages;
import dev.windrow.protocol.wire.MessageText;
import dev.windrow.protocol.wire.WireException;
import dev.windrow.worker.Agent;
import dev.windrow.worker.AgentConfig;
import dev.windrow.worker.remote.Carrier.Channel;
import dev.windrow.worker.remote.Carrier.Receiver;
import dev.windrow.worker.remote.Carrier.Refused;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * An agent that works for a server, also while that is away: it goes on with what it holds, comes
 * back when the server does, and ends when the server stays away.
 */
final class ServedAgent {

    /** A server that does not come back within this is given up. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final EngineMessages CODEC = new EngineMessages();
    private static final long LOOK_MILLIS = 2_000;

    private final ServerAddress server;
    private final Carrier carrier;
    private final int number;
    private final ServedLink link = new ServedLink();
    private final Agent agent;
    private final InstantSource clock;
    private final Backoff backoff = new Backoff();
    private final Semaphore news = new Semaphore(0);
    private Instant lastOpen;
    private String why = "";

    private ServedAgent(
            ServerAddress server,
            Carrier carrier,
            AgentConfig config,
            ThreadFactory threads,
            InstantSource clock) {
        this.server = server;
        this.carrier = carrier;
        this.number = config.settings().agent();
        this.clock = clock;
        this.lastOpen = clock.instant();
        this.agent = new Agent(config, link, threads, clock);
        threads.newThread(this::watchEnd).start();
    }

    /** One that speaks with a server in whatever way gets through; {@link #run} starts it. */
    static ServedAgent of(
            ServerAddress server, AgentConfig config, ThreadFactory threads, InstantSource clock) {
        Carrier carrier =
                new EitherCarrier(
                        new WebSocketCarrier(server, clock), new LongPollCarrier(server, threads));
        return new ServedAgent(server, carrier, config, threads, clock);
    }

    /** Gives back what was not begun, and ends soon after; {@link #run} returns then. */
    void leave() {
        agent.leave();
    }

    /** Ends the agent and its workers at once; waits for the last lines of its log. */
    void end() throws InterruptedException {
        agent.close();
        agent.await();
    }

    /**
     * Runs the agent to its end.
     *
     * @return why it ended early; empty when the job needs it no more
     */
    Optional<String> run() throws InterruptedException {
        agent.start();
        while (!agent.hasEnded()) {
            Incoming incoming = new Incoming();
            try (Channel channel = carrier.open(number, incoming)) {
                backoff.reset();
                link.use(channel);
                agent.connected();
                converse(channel, incoming);
            } catch (Refused e) {
                giveUpWhenOver(e);
            } catch (IOException e) {
                why = "%s: %s".formatted(server, e.getMessage());
            } finally {
                link.useNone();
            }
            pause();
        }
        return agent.failed()
                ? Optional.of("a fault of its own")
                : Optional.of(why).filter(text -> !text.isEmpty());
    }

    /** Of an agent that has ended: true when it did because its job has completed. */
    boolean jobCompleted() {
        return agent.jobCompleted();
    }

    private void converse(Channel channel, Incoming incoming) throws InterruptedException {
        while (!agent.hasEnded() && !incoming.over && channel.alive()) {
            boolean _ = news.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            lastOpen = clock.instant();
            why = "";
        }
    }

    private void giveUpWhenOver(Refused refused) {
        if (refused.isFinal()) {
            why = refused.gone() ? "" : "%s refuses the token".formatted(server);
            agent.kill();
        } else {
            why = "%s: %s".formatted(server, refused.getMessage());
        }
    }

    private void pause() throws InterruptedException {
        Duration alone = Duration.between(lastOpen, clock.instant());
        if (alone.compareTo(PATIENCE) > 0) {
            agent.kill();
        }
        if (!agent.hasEnded()) {
            boolean _ = news.tryAcquire(backoff.next(alone).toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void watchEnd() {
        try {
            agent.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        news.release();
    }

    /** What comes on one connection. */
    private final class Incoming implements Receiver {
        private volatile boolean over;

        @Override
        public void take(byte[] text) {
            try {
                MessageText.read(CODEC, text).ifPresent(this::take);
            } catch (WireException _) {
                // Not the engine: a proxy's page, for example.
                ended();
            }
        }

        private void take(EngineMessage message) {
            if (message instanceof EngineMessage.NewToken(String token)) {
                server.renew(token);
            } else {
                agent.deliver(message);
            }
        }

        @Override
        public void ended() {
            over = true;
            news.release();
        }
    }
}
