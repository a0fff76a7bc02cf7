package dev.windrow.data.mltable;

import java.util.ArrayList;
import java.util.List;

/** One part of a path pattern, matched against one character at a time. */
sealed interface GlobStep {
    /** How many steps further a match may go on without reading a character; 0 when it may not. */
    default int stepsWhenEmpty() {
        return 0;
    }

    static GlobStep single(int character) {
        return switch (character) {
            case '*' -> new InName();
            case '?' -> new AnyOne();
            default -> new Exactly(character);
        };
    }

    /** This character. */
    record Exactly(int character) implements GlobStep {}

    /** {@code ?}: any character but a slash. */
    record AnyOne() implements GlobStep {}

    /** {@code *}: any part of one name. */
    record InName() implements GlobStep {
        @Override
        public int stepsWhenEmpty() {
            return 1;
        }
    }

    /** {@code **} at the end or inside a name: anything. */
    record Anything() implements GlobStep {
        @Override
        public int stepsWhenEmpty() {
            return 1;
        }
    }

    /**
     * {@code **} and a slash, where a name begins: no folder or some. A {@link FolderName} always
     * follows it.
     */
    record Folders() implements GlobStep {
        @Override
        public int stepsWhenEmpty() {
            return 2;
        }
    }

    /** Inside one of the names that {@link Folders} matches. */
    record FolderName() implements GlobStep {}

    /**
     * {@code [..]}: one of some characters, or none of them; never a slash. Ranges are inclusive
     * pairs.
     */
    record OneOf(boolean negated, List<Range> ranges) implements GlobStep {
        public OneOf {
            ranges = List.copyOf(ranges);
        }

        boolean holds(int character) {
            boolean found =
                    ranges.stream()
                            .anyMatch(
                                    range -> character >= range.from() && character <= range.to());
            return character != '/' && found != negated;
        }

        /** Adds the class that starts at the bracket; answers where the text goes on. */
        static int parse(int[] text, int bracket, List<GlobStep> steps) {
            int at = bracket + 1;
            boolean negated = at < text.length && (text[at] == '!' || text[at] == '^');
            at += negated ? 1 : 0;
            List<Range> ranges = new ArrayList<>();
            // A bracket in the first place is one of the characters.
            while (at < text.length && (text[at] != ']' || ranges.isEmpty())) {
                boolean pair = at + 2 < text.length && text[at + 1] == '-' && text[at + 2] != ']';
                Range range = new Range(text[at], pair ? text[at + 2] : text[at]);
                if (range.to() < range.from()) {
                    throw new IllegalArgumentException("a range in [..] that goes upwards");
                }
                ranges.add(range);
                at += pair ? 3 : 1;
            }
            if (at >= text.length) {
                throw new IllegalArgumentException("a ] for each [");
            }
            steps.add(new OneOf(negated, ranges));
            return at + 1;
        }
    }

    /** Characters from one to another, both included. */
    record Range(int from, int to) {}
}
