package dev.windrow.engine.job;

/** How far the fleet of a job is on its way to its first agent. */
public enum FleetStage {
    /** The objects that make it up are being made. */
    PROVISIONING,
    /** What the script needs around it is being made. */
    PREPARING,
    /** All is made, and it waits for room, or for its processes to begin. */
    QUEUED
}
