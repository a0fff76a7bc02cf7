package dev.windrow.protocol;

/** What keeps an instance, a planner or a publisher from doing its work. */
public enum Trouble {
    INPUT_UNREADABLE,
    OUTPUT_UNWRITABLE,
    DISK_FULL,
    DATA_LOST,
    NO_PYTHON,
    ENVIRONMENT_NOT_MADE,
    INTERNAL
}
