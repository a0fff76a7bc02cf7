package dev.windrow.data.mltable;

import dev.windrow.data.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a path in an MLTable file stands for: relative ones start at the MLTable's own folder. */
final class EntryPath {
    private static final Pattern REMOTE =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(?://.*|.*)", Pattern.DOTALL);

    private final byte[] folder;

    /** The folder is absolute and ends in a slash. */
    EntryPath(byte[] folder) {
        this.folder = folder.clone();
    }

    /** The scheme of an address that is not on this machine. */
    static Optional<String> remoteScheme(String value) {
        Matcher matcher = REMOTE.matcher(value);
        if (value.indexOf(':') < 0 || !matcher.matches()) {
            return Optional.empty();
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        boolean address = value.startsWith("//", scheme.length() + 1) || scheme.equals("azureml");
        return address && !scheme.equals("file") ? Optional.of(scheme) : Optional.empty();
    }

    /**
     * The absolute path, without {@code .}, {@code ..} and doubled slashes; ends in no slash but
     * the root's.
     */
    byte[] resolve(String value) {
        byte[] written = value.getBytes(StandardCharsets.UTF_8);
        if (value.startsWith("file:///")) {
            written = RawPath.percentDecode(value.substring("file://".length()));
        }
        if (written.length > 0 && written[0] == '/') {
            return clean(written);
        }
        int from = value.startsWith("./") ? 2 : 0;
        if (isClean(value, from)) {
            byte[] joined = Arrays.copyOf(folder, folder.length + written.length - from);
            System.arraycopy(written, from, joined, folder.length, written.length - from);
            return joined;
        }
        return clean(RawPath.concat(folder, written));
    }

    private static boolean isClean(String value, int from) {
        return value.length() > from
                && value.charAt(from) != '.'
                && !value.contains("//")
                && value.indexOf("/.", from) < 0
                && !value.endsWith("/");
    }

    private static byte[] clean(byte[] absolute) {
        // One character per byte: the steps are only cut and joined, never read as text.
        Deque<String> steps = new ArrayDeque<>();
        for (String step : new String(absolute, StandardCharsets.ISO_8859_1).split("/", -1)) {
            if (step.equals("..")) {
                steps.pollLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        return ("/" + String.join("/", steps)).getBytes(StandardCharsets.ISO_8859_1);
    }
}
