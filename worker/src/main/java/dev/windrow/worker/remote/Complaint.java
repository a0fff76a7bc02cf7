package dev.windrow.worker.remote;

import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage;
import dev.windrow.protocol.Holdings;
import dev.windrow.protocol.Protocol;
import dev.windrow.protocol.Token;
import dev.windrow.protocol.Trouble;
import dev.windrow.protocol.wire.AgentMessages;
import dev.windrow.protocol.wire.EngineMessages;
import dev.windrow.protocol.wire.MessageText;
import dev.windrow.protocol.wire.WireException;
import dev.windrow.worker.remote.Carrier.Channel;
import dev.windrow.worker.remote.Carrier.Receiver;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells a job's engine that an instance can do nothing for it, and why. The job ends with that
 * reason; without it, one instance after another would come and go.
 */
public final class Complaint {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long HEARD_SECONDS = 30;

    private final ServerAddress server;
    private final int instance;
    private final InstantSource clock = InstantSource.system();

    /**
     * @param instance its number in the fleet
     */
    public Complaint(URI server, String token, int instance) {
        this.server = new ServerAddress(server, token);
        this.instance = instance;
    }

    /**
     * Says it, and waits until the engine shows that it ends the job. Blocks for two minutes at
     * most.
     *
     * @return whether somebody has taken it
     */
    public boolean make(Trouble trouble, String text) throws InterruptedException {
        ThreadFactory threads = Thread.ofPlatform().daemon().name("complaint-", 0).factory();
        Carrier carrier =
                new EitherCarrier(
                        new WebSocketCarrier(server, clock), new LongPollCarrier(server, threads));
        Backoff backoff = new Backoff();
        Instant began = clock.instant();
        while (true) {
            Duration alone = Duration.between(began, clock.instant());
            try {
                return say(carrier, new AgentMessage.Broken(trouble, text));
            } catch (Carrier.Refused e) {
                if (e.isFinal() || alone.compareTo(PATIENCE) > 0) {
                    return false;
                }
            } catch (IOException _) {
                if (alone.compareTo(PATIENCE) > 0) {
                    return false;
                }
            }
            LockSupport.parkNanos(backoff.next(alone).toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private boolean say(Carrier carrier, AgentMessage what)
            throws IOException, InterruptedException {
        Heard heard = new Heard();
        Holdings nothing = new Holdings(List.of(), Token.NONE, Token.NONE, 0);
        try (Channel channel = carrier.open(instance, heard)) {
            send(channel, new AgentMessage.Hello(Protocol.VERSION, instance, nothing));
            send(channel, what);
            // There are none, so that nobody has to wait for them.
            send(channel, new AgentMessage.WorkersEnded());
            return heard.end.await(HEARD_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void send(Channel channel, AgentMessage message) throws IOException {
        channel.send(MessageText.write(new AgentMessages(), message));
    }

    /**
     * Waits for what shows that the complaint was taken. Whoever stays longer is asked for more,
     * such as to publish, and can do nothing of it.
     */
    private static final class Heard implements Receiver {
        private final CountDownLatch end = new CountDownLatch(1);

        @Override
        public void take(byte[] message) {
            try {
                EngineMessage said = MessageText.read(new EngineMessages(), message).orElse(null);
                if (said instanceof EngineMessage.EndWorkers || said instanceof EngineMessage.Bye) {
                    end.countDown();
                }
            } catch (WireException _) {
                end.countDown();
            }
        }

        @Override
        public void ended() {
            end.countDown();
        }
    }
}
