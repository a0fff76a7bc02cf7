package dev.windrow.worker.ship;

/** What became of a piece. */
public sealed interface ShipAnswer {

    /**
     * The server has seen it.
     *
     * @param size bytes that the file has there now
     */
    record Size(long size) implements ShipAnswer {}

    /** The server takes nothing of this file, now or later. */
    record Refused(String why) implements ShipAnswer {}

    /** There was no answer, or none that says anything: it may have arrived or not. */
    record Lost() implements ShipAnswer {}

    /** The server takes nothing of this agent any more. */
    record Over(String why) implements ShipAnswer {}
}
