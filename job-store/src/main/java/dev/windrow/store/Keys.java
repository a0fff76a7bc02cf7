package dev.windrow.store;

/**
 * Keys of the tables whose rows belong to a job and have a number: the job's in the upper half, the
 * row's in the lower.
 */
final class Keys {

    private Keys() {}

    static long key(long job, int number) {
        return (job << 32) | number;
    }

    /** No key of the job is greater. */
    static long last(long job) {
        return key(job, Integer.MAX_VALUE);
    }

    static int number(long key) {
        return (int) key;
    }
}
