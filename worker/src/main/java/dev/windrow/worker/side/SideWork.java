package dev.windrow.worker.side;

import dev.windrow.protocol.AgentLink;
import dev.windrow.protocol.EngineMessage.MakePlan;
import dev.windrow.protocol.EngineMessage.Publish;
import dev.windrow.protocol.EngineMessage.Ranges;
import dev.windrow.protocol.Token;
import dev.windrow.worker.core.SidePort;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Plans and publishes on threads beside the agent's own. Safe for use by several threads. */
public final class SideWork implements SidePort {

    private final PlanSource source;
    private final Optional<PublishTarget> target;
    private final AgentLink link;
    private final ThreadFactory threads;
    private @Nullable PlanRun planning;
    private @Nullable PublishRun publishing;

    public SideWork(
            PlanSource source,
            Optional<PublishTarget> target,
            AgentLink link,
            ThreadFactory threads) {
        this.source = source;
        this.target = target;
        this.link = link;
        this.threads = threads;
    }

    @Override
    public synchronized void plan(MakePlan order) {
        if (planning != null) {
            if (planning.token().equals(order.token())) {
                return;
            }
            planning.stop();
        }
        PlanRun run = new PlanRun(source, order, link, () -> planEnded(order.token()));
        planning = run;
        threads.newThread(run).start();
    }

    private synchronized void planEnded(Token token) {
        if (planning != null && planning.token().equals(token)) {
            planning = null;
        }
    }

    @Override
    public synchronized void chunkStored(Token token, int sequence) {
        if (planning != null && planning.token().equals(token)) {
            planning.stored(sequence);
        }
    }

    @Override
    public synchronized void publish(Publish order) {
        if (publishing != null) {
            if (publishing.token().equals(order.token())) {
                return;
            }
            publishing.stop();
        }
        PublishTarget to =
                target.orElseThrow(() -> new IllegalStateException("nothing to publish"));
        PublishRun run = new PublishRun(to, order, link, () -> publishEnded(order.token()));
        publishing = run;
        threads.newThread(run).start();
    }

    private synchronized void publishEnded(Token token) {
        if (publishing != null && publishing.token().equals(token)) {
            publishing = null;
        }
    }

    @Override
    public synchronized void ranges(Ranges page) {
        if (publishing != null) {
            publishing.page(page);
        }
    }

    @Override
    public synchronized void stop() {
        if (planning != null) {
            planning.stop();
        }
        if (publishing != null) {
            publishing.stop();
        }
    }

    @Override
    public synchronized Token planning() {
        return planning == null ? Token.NONE : planning.token();
    }

    @Override
    public synchronized Token publishing() {
        return publishing == null ? Token.NONE : publishing.token();
    }
}
