package dev.windrow.worker.core;

import dev.windrow.protocol.EngineMessage.MakePlan;
import dev.windrow.protocol.EngineMessage.Publish;
import dev.windrow.protocol.EngineMessage.Ranges;
import dev.windrow.protocol.Token;

/** Neither plans nor publishes. */
final class IdleSide implements SidePort {

    @Override
    public void plan(MakePlan order) {}

    @Override
    public void chunkStored(Token token, int sequence) {}

    @Override
    public void publish(Publish order) {}

    @Override
    public void ranges(Ranges page) {}

    @Override
    public void stop() {}

    @Override
    public Token planning() {
        return Token.NONE;
    }

    @Override
    public Token publishing() {
        return Token.NONE;
    }
}
