package dev.windrow.spec.content;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * One line of an ignore file, with the meaning that git gives it. All possibilities are followed at
 * once, so that no pattern takes more time than its length times that of a path.
 */
final class IgnorePattern {
    private final List<IgnoreStep> steps;
    private final boolean negated;
    private final boolean foldersOnly;
    private final boolean anchored;

    private IgnorePattern(
            List<IgnoreStep> steps, boolean negated, boolean foldersOnly, boolean anchored) {
        this.steps = List.copyOf(steps);
        this.negated = negated;
        this.foldersOnly = foldersOnly;
        this.anchored = anchored;
    }

    /** Reads a line; empty for one that matches nothing, such as a comment. */
    static Optional<IgnorePattern> parse(String line) {
        String text = trimmed(line);
        if (text.isEmpty() || text.startsWith("#")) {
            return Optional.empty();
        }
        boolean negated = text.startsWith("!");
        String pattern = negated ? text.substring(1) : text;
        boolean foldersOnly = pattern.endsWith("/");
        if (foldersOnly) {
            pattern = pattern.substring(0, pattern.length() - 1);
        }
        boolean anchored = pattern.indexOf('/') >= 0;
        if (pattern.startsWith("/")) {
            pattern = pattern.substring(1);
        }
        boolean whole = anchored;
        boolean folders = foldersOnly;
        return pattern.isEmpty()
                ? Optional.empty()
                : steps(pattern.getBytes(StandardCharsets.UTF_8))
                        .map(steps -> new IgnorePattern(steps, negated, folders, whole));
    }

    /** Without spaces at the end, but for those behind a backslash. */
    private static String trimmed(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == ' ') {
            int slashes = end - 1;
            while (slashes > 0 && line.charAt(slashes - 1) == '\\') {
                slashes--;
            }
            if ((end - 1 - slashes) % 2 == 1) {
                break;
            }
            end--;
        }
        return line.substring(0, end);
    }

    /** Empty for a pattern that git takes for broken: it matches nothing. */
    private static Optional<List<IgnoreStep>> steps(byte[] text) {
        List<IgnoreStep> steps = new ArrayList<>();
        int at = 0;
        while (at < text.length) {
            byte c = text[at];
            if (c == '\\') {
                if (at + 1 == text.length) {
                    return Optional.empty();
                }
                steps.add(new IgnoreStep.Exactly(text[at + 1]));
                at += 2;
            } else if (c == '[') {
                Optional<IgnoreSet> set = IgnoreSet.parse(text, at);
                if (set.isEmpty()) {
                    return Optional.empty();
                }
                steps.add(new IgnoreStep.OneOf(set.get()));
                at = set.get().end();
            } else if (c == '*') {
                at = stars(text, at, steps);
            } else {
                steps.add(c == '?' ? new IgnoreStep.AnyOne() : new IgnoreStep.Exactly(c));
                at++;
            }
        }
        return Optional.of(steps);
    }

    private static int stars(byte[] text, int from, List<IgnoreStep> steps) {
        int end = from;
        while (end < text.length && text[end] == '*') {
            end++;
        }
        boolean begins = from == 0 || text[from - 1] == '/';
        boolean doubled = end - from > 1 && begins;
        if (doubled && end < text.length && text[end] == '/') {
            steps.add(new IgnoreStep.Folders());
            steps.add(new IgnoreStep.FolderName());
            return end + 1;
        }
        steps.add(
                doubled && end == text.length
                        ? new IgnoreStep.Anything()
                        : new IgnoreStep.InName());
        return end;
    }

    boolean negated() {
        return negated;
    }

    /**
     * Whether it speaks of this path.
     *
     * @param path from the folder that holds the ignore file
     */
    boolean matches(String path, boolean folder) {
        if (foldersOnly && !folder) {
            return false;
        }
        String subject = anchored ? path : path.substring(path.lastIndexOf('/') + 1);
        BitSet now = new BitSet();
        reach(0, now);
        for (byte c : subject.getBytes(StandardCharsets.UTF_8)) {
            BitSet then = new BitSet();
            for (int at = now.nextSetBit(0);
                    at >= 0 && at < steps.size();
                    at = now.nextSetBit(at + 1)) {
                follow(at, c, then);
            }
            now = then;
        }
        return now.get(steps.size());
    }

    private void follow(int at, byte c, BitSet then) {
        boolean slash = c == '/';
        switch (steps.get(at)) {
            case IgnoreStep.Exactly exactly -> reachIf(exactly.value() == c, at + 1, then);
            case IgnoreStep.OneOf one -> reachIf(!slash && one.set().holds(c), at + 1, then);
            case IgnoreStep.AnyOne _ -> reachIf(!slash, at + 1, then);
            case IgnoreStep.InName _ -> reachIf(!slash, at, then);
            case IgnoreStep.Anything _ -> reach(at, then);
            case IgnoreStep.Folders _ -> reachIf(!slash, at + 1, then);
            case IgnoreStep.FolderName _ -> reach(slash ? at - 1 : at, then);
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
            switch (steps.get(at)) {
                case IgnoreStep.InName _, IgnoreStep.Anything _ -> at++;
                case IgnoreStep.Folders _ -> at += 2;
                case IgnoreStep.Exactly _,
                        IgnoreStep.OneOf _,
                        IgnoreStep.AnyOne _,
                        IgnoreStep.FolderName _ -> {
                    return;
                }
            }
        }
        marks.set(steps.size());
    }
}
