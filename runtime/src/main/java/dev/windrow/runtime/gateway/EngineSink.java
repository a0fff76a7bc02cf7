package dev.windrow.runtime.gateway;

import dev.windrow.protocol.EngineMessage;

/** Carries the engine's messages to one agent. */
public interface EngineSink {

    /** Sends without blocking; what cannot be delivered is lost. */
    void send(EngineMessage message);
}
