package dev.windrow.worker.ship;

import java.time.Instant;

/** What is to be done next. */
public sealed interface ShipStep {

    /** Send this, and tell what became of it. */
    record Send(Piece piece) implements ShipStep {}

    /** Nothing before this moment, unless the agent ends. */
    record Pause(Instant until) implements ShipStep {}

    /** Nothing any more. */
    record Done() implements ShipStep {}
}
