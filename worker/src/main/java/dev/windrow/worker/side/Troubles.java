package dev.windrow.worker.side;

import dev.windrow.data.DataError;
import dev.windrow.protocol.Trouble;

/** What a fault of data access means for the job. */
public final class Troubles {

    private Troubles() {}

    public static Trouble of(DataError error) {
        return switch (error) {
            case INPUT_MISSING,
                    INPUT_UNREADABLE,
                    INPUT_WRONG_KIND,
                    MLTABLE_INVALID,
                    PATH_REFUSED,
                    NOT_SUPPORTED,
                    PLAN_TOO_LARGE ->
                    Trouble.INPUT_UNREADABLE;
            case PLAN_CORRUPT, DATA_LOSS -> Trouble.DATA_LOST;
            case DISK_FULL -> Trouble.DISK_FULL;
            case OUTPUT_UNWRITABLE -> Trouble.OUTPUT_UNWRITABLE;
        };
    }
}
