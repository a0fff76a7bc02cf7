package dev.windrow.data;

/** What went wrong with bytes on disk, for a caller that has to decide whose fault it is. */
public enum DataError {
    /** The job names something that is not there. */
    INPUT_MISSING,
    /** It is there, but this user may not read it. */
    INPUT_UNREADABLE,
    /** A folder where a file is wanted, or the other way round. */
    INPUT_WRONG_KIND,
    /** An MLTable file that breaks its own grammar. */
    MLTABLE_INVALID,
    /** A path that is malformed or leaves the folder it belongs to. */
    PATH_REFUSED,
    /** A documented feature that this version does not build yet. */
    NOT_SUPPORTED,
    /** One mini-batch is larger than a plan may hold. */
    PLAN_TOO_LARGE,
    /** Stored bytes of a plan that no planner of ours has written. */
    PLAN_CORRUPT,
    /** Rows that the ledger counts are not in the segment any more. */
    DATA_LOSS,
    /** The volume of the output is full. */
    DISK_FULL,
    /** The output cannot be written for another reason. */
    OUTPUT_UNWRITABLE
}
