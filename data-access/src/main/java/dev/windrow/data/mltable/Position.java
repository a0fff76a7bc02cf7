package dev.windrow.data.mltable;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** A place in a YAML file, counted from 1. */
record Position(int line, int column) {
    static Position of(Optional<Mark> mark) {
        return mark.map(at -> new Position(at.getLine() + 1, at.getColumn() + 1))
                .orElse(new Position(1, 1));
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
