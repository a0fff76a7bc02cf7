package dev.windrow.local;

import dev.windrow.protocol.EngineMessage;
import java.util.concurrent.BlockingQueue;

/** One instance: both sides call each other. */
final class InMemoryCarrierTest implements CarrierContract {

    @Override
    public Carrier connect(EngineEnd engine, BlockingQueue<EngineMessage> agent) {
        return new Carrier(engine::accept, agent::add, engine::close);
    }
}
