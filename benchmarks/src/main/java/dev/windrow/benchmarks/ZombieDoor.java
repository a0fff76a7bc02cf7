package dev.windrow.benchmarks;

import dev.windrow.protocol.AgentLink;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.Report;
import dev.windrow.protocol.Report.Returned;
import dev.windrow.protocol.Token;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.gateway.EngineSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Says one result in fifty a second time, as somebody would whose lease was taken from him: under
 * an older token, and with rows of his own. A third comes before the true result and under an older
 * lease, a third before it and from an older epoch, a third after it.
 */
final class ZombieDoor implements EngineDoor {

    private static final int ONE_IN = 50;
    private static final int CHOSEN = 13;

    private final EngineDoor door;
    private final ZombieRows rows;
    private final AtomicInteger said = new AtomicInteger();

    ZombieDoor(EngineDoor door, ZombieRows rows) {
        this.door = door;
        this.rows = rows;
    }

    /** Zombie results sent so far. */
    int said() {
        return said.get();
    }

    @Override
    public Connection connect(int agent, EngineSink sink) {
        Connection link = door.connect(agent, sink);
        return new WatchedConnection(
                link,
                message -> {
                    if (message instanceof AgentMessage.Results(var reports)) {
                        twice(link, message, reports);
                    } else {
                        link.send(message);
                    }
                });
    }

    @Override
    public void ended(int agent, String how, boolean byItself) {
        door.ended(agent, how, byItself);
    }

    private void twice(AgentLink link, AgentMessage message, List<Report> reports) {
        List<Report> before = new ArrayList<>();
        List<Report> after = new ArrayList<>();
        for (Report report : reports) {
            if (report instanceof Returned returned && returned.index() % ONE_IN == CHOSEN) {
                boolean late = kind(returned) == 2;
                (late ? after : before).add(zombie(returned));
            }
        }
        send(link, before);
        link.send(message);
        send(link, after);
    }

    private void send(AgentLink link, List<Report> reports) {
        if (!reports.isEmpty()) {
            said.addAndGet(reports.size());
            link.send(new AgentMessage.Results(reports));
        }
    }

    private static int kind(Returned report) {
        return report.index() / ONE_IN % 3;
    }

    private Report zombie(Returned report) {
        Token token = report.token();
        Token older =
                kind(report) == 1
                        ? new Token(token.epoch() - 1, token.counter())
                        : new Token(token.epoch(), token.counter() - 1);
        return new Returned(
                report.index(),
                older,
                report.timing(),
                report.returned(),
                rows.append(report.rows().length()));
    }
}
