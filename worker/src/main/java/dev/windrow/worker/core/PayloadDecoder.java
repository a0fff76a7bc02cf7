package dev.windrow.worker.core;

/** Reads a chunk's payload, which the engine carries without understanding it. */
public interface PayloadDecoder {

    /** The names in a payload. */
    ItemNames decode(byte[] payload);
}
