package dev.windrow.model;

/** How much the system's own logs tell; the script's logs are not touched by it. */
public enum LoggingLevel {
    WARNING,
    INFO,
    DEBUG
}
