package dev.windrow.spec;

/** The kinds of mapping in a job file that have fields of their own. */
enum Section {
    JOB,
    TASK,
    ENVIRONMENT,
    BUILD,
    RETRY_SETTINGS,
    RESOURCES,
    IDENTITY,
    INPUT,
    OUTPUT
}
