package dev.windrow.data.mltable;

import dev.windrow.data.DataError;
import dev.windrow.data.DataException;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one MLTable file, so that all of it is told at once. */
final class Mistakes {
    private static final int MAX_TOLD = 20;

    private final String file;
    private final List<String> told = new ArrayList<>();
    private DataError code = DataError.MLTABLE_INVALID;
    private long count;

    Mistakes(String file) {
        this.file = file;
    }

    void add(DataError mistake, Position position, String text) {
        if (count == 0 || mistake == DataError.MLTABLE_INVALID) {
            code = mistake;
        }
        if (count++ < MAX_TOLD) {
            told.add(file + ":" + position + ": " + text);
        }
    }

    void add(DataError mistake, Position position, String name, String value, String rule) {
        add(mistake, position, name + ": " + value + " (expected: " + rule + ")");
    }

    void throwIfAny() {
        if (count == 0) {
            return;
        }
        if (count > MAX_TOLD) {
            told.add("… and " + (count - MAX_TOLD) + " more");
        }
        throw new DataException(code, String.join("\n", told));
    }
}
