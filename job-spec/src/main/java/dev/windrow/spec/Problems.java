package dev.windrow.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects mistakes and warnings while a job is read; holds a bounded number of each. */
final class Problems {
    private static final int MOST = 200;

    private final List<Mistake> mistakes = new ArrayList<>();
    private final List<Notice> warnings = new ArrayList<>();

    void add(MistakeCode code, Place place, String path, String value, String rule) {
        if (mistakes.size() < MOST) {
            mistakes.add(Mistake.of(code, place, path, value, rule));
        }
    }

    void warn(String path, Place place, String text) {
        if (warnings.size() < MOST) {
            warnings.add(new Notice(path, place, text));
        }
    }

    /** Gives the warnings in the order of the file. */
    List<Notice> warnings() {
        return warnings.stream().sorted(Comparator.comparing(Notice::place)).toList();
    }

    boolean any() {
        return !mistakes.isEmpty();
    }

    boolean any(String path) {
        return mistakes.stream().anyMatch(mistake -> mistake.path().equals(path));
    }

    void throwIfAny(String source) {
        if (any()) {
            throw asException(source);
        }
    }

    /** What is to be thrown; there is some mistake. */
    InvalidJobException asException(String source) {
        return new InvalidJobException(source, mistakes);
    }
}
