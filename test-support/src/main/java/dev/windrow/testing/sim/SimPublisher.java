package dev.windrow.testing.sim;

import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage.Publish;
import dev.windrow.protocol.EngineMessage.Ranges;
import dev.windrow.protocol.RowSpan;
import dev.windrow.protocol.Token;

/** Copies committed ranges, page by page, and lets them appear in one go. */
final class SimPublisher {

    private static final long ASK_AGAIN = 5_000_000;

    private final SimAgent agent;
    private final World world;
    private final Publish order;
    private final StringBuilder copied = new StringBuilder();
    private int next;
    private boolean running = true;
    private boolean muffled;

    SimPublisher(SimAgent agent, Publish order) {
        this.agent = agent;
        this.world = agent.world;
        this.order = order;
    }

    Token token() {
        return order.token();
    }

    boolean running() {
        return running;
    }

    void begin() {
        world.agenda.in(world.dice.skewed(1_000, 200_000), () -> ask(0));
    }

    void stop() {
        running = false;
    }

    boolean muffle() {
        boolean first = !muffled;
        muffled = true;
        return first;
    }

    private void ask(int from) {
        if (!running || next != from) {
            return;
        }
        agent.take(() -> agent.send(new AgentMessage.NextRanges(token(), from)));
        world.agenda.in(ASK_AGAIN, () -> ask(from));
    }

    void page(Ranges page) {
        if (!running || page.from() != next || !page.token().equals(token())) {
            return;
        }
        for (RowSpan range : page.ranges()) {
            copied.append(
                    world.segments
                            .read(range.segment(), range.offset(), range.length())
                            .orElseThrow(() ->
                                    new Broken(
                                            "rows: %s (expected: durable before they are reported)"
                                                    .formatted(range))));
        }
        next = page.next();
        if (next >= 0) {
            world.agenda.in(world.dice.skewed(1_000, 100_000), () -> ask(next));
        } else {
            world.agenda.in(world.dice.skewed(5_000, 1_500_000), this::publish);
        }
    }

    private void publish() {
        if (!running) {
            return;
        }
        if (agent.frozen()) {
            agent.take(this::publish);
            return;
        }
        world.say(() -> "output is published @" + Says.of(token()));
        world.witness.published(order.partial(), copied.toString());
        world.target.publish(order.partial(), copied.toString());
        if (muffled) {
            world.struck(FaultKind.PUBLISHER_LOST_LATE);
            running = false;
            return;
        }
        world.agenda.in(world.dice.skewed(0, 50_000), this::tell);
    }

    private void tell() {
        if (running) {
            agent.take(() -> agent.send(new AgentMessage.Published(token(), "")));
            running = false;
        }
    }
}
