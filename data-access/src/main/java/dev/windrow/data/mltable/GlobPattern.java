package dev.windrow.data.mltable;

import dev.windrow.data.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A path pattern: {@code *} and {@code ?} inside one name, {@code [..]} one of some characters
 * ({@code !} or {@code ^} first: none of them), {@code **} any number of folders.
 *
 * <p>Matching follows all possibilities at once, so that no pattern takes more than time
 * proportional to its length times the name's. Hidden files match like others.
 */
final class GlobPattern {
    private static final int MAX_LENGTH = 4096;
    private static final int NOT_TEXT = 0x110000;

    private final List<GlobStep> steps;

    private GlobPattern(List<GlobStep> steps) {
        this.steps = List.copyOf(steps);
    }

    /** Where the first wildcard is; the length when there is none. */
    static int firstWild(String pattern) {
        int at = 0;
        while (at < pattern.length() && "*?[".indexOf(pattern.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /** Throws IllegalArgumentException whose message is the rule that is broken. */
    static GlobPattern parse(String pattern) {
        int[] text = characters(pattern.getBytes(StandardCharsets.UTF_8));
        if (text.length > MAX_LENGTH) {
            throw new IllegalArgumentException("at most " + MAX_LENGTH + " characters");
        }
        List<GlobStep> steps = new ArrayList<>();
        int at = 0;
        while (at < text.length) {
            if (text[at] == '[') {
                at = GlobStep.OneOf.parse(text, at, steps);
            } else if (text[at] == '*' && at + 1 < text.length && text[at + 1] == '*') {
                at = addDoubleStar(text, at, steps);
            } else {
                steps.add(GlobStep.single(text[at]));
                at++;
            }
        }
        return new GlobPattern(steps);
    }

    private static int addDoubleStar(int[] text, int at, List<GlobStep> steps) {
        boolean wholeName =
                (at == 0 || text[at - 1] == '/') && at + 2 < text.length && text[at + 2] == '/';
        if (!wholeName) {
            steps.add(new GlobStep.Anything());
            return at + 2;
        }
        steps.add(new GlobStep.Folders());
        steps.add(new GlobStep.FolderName());
        return at + 3;
    }

    /** Whether the relative path of a file matches as a whole. */
    boolean matches(byte[] relativePath) {
        return run(relativePath).get(steps.size());
    }

    /** Whether a file below this folder could match; the path ends in a slash. */
    boolean mayHoldMatches(byte[] relativeFolder) {
        return !run(relativeFolder).isEmpty();
    }

    /**
     * The steps that may come next after the path was read; the number of steps stands for a full
     * match.
     */
    private BitSet run(byte[] path) {
        BitSet now = new BitSet(steps.size() + 1);
        BitSet then = new BitSet(steps.size() + 1);
        reach(0, now);
        for (int character : characters(path)) {
            then.clear();
            for (int at = now.nextSetBit(0);
                    at >= 0 && at < steps.size();
                    at = now.nextSetBit(at + 1)) {
                follow(at, character, then);
            }
            BitSet spare = now;
            now = then;
            then = spare;
        }
        return now;
    }

    private void follow(int at, int character, BitSet then) {
        boolean slash = character == '/';
        switch (steps.get(at)) {
            case GlobStep.Exactly exactly ->
                    reachIf(exactly.character() == character, at + 1, then);
            case GlobStep.OneOf oneOf -> reachIf(oneOf.holds(character), at + 1, then);
            case GlobStep.AnyOne _ -> reachIf(!slash, at + 1, then);
            case GlobStep.InName _ -> reachIf(!slash, at, then);
            case GlobStep.Anything _ -> reach(at, then);
            case GlobStep.Folders _ -> reachIf(!slash, at + 1, then);
            case GlobStep.FolderName _ -> reach(slash ? at - 1 : at, then);
        }
    }

    private void reachIf(boolean matched, int at, BitSet marks) {
        if (matched) {
            reach(at, marks);
        }
    }

    /** Marks a step, and those behind steps that may match nothing. */
    private void reach(int from, BitSet marks) {
        int at = from;
        while (at < steps.size()) {
            marks.set(at);
            int skipped = steps.get(at).stepsWhenEmpty();
            if (skipped == 0) {
                return;
            }
            at += skipped;
        }
        marks.set(steps.size());
    }

    /** Code points; a byte that is not UTF-8 becomes a number no text can have. */
    private static int[] characters(byte[] raw) {
        int[] characters = new int[raw.length];
        int count = 0;
        for (int i = 0; i < raw.length; ) {
            int length = raw[i] >= 0 ? 1 : Utf8.sequenceLength(raw, i);
            if (length == 0) {
                characters[count++] = NOT_TEXT + (raw[i] & 0xff);
                i++;
            } else {
                characters[count++] =
                        length == 1
                                ? raw[i]
                                : new String(raw, i, length, StandardCharsets.UTF_8).codePointAt(0);
                i += length;
            }
        }
        return Arrays.copyOf(characters, count);
    }
}
