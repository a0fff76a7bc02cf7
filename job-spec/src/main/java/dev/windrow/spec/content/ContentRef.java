package dev.windrow.spec.content;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names an uploaded folder, or something in it, in a job: {@code content:sha256:HEX} or {@code
 * content:sha256:HEX/PATH}.
 *
 * @param digest SHA-256 of the folder's manifest, 64 hexadecimal digits
 * @param path within the folder, with slashes; empty for the folder itself
 */
public record ContentRef(String digest, String path) {
    /** What the text of every such reference begins with. */
    public static final String PREFIX = "content:sha256:";

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern FORM =
            Pattern.compile(Pattern.quote(PREFIX) + "([0-9a-f]{64})(?:/(.*))?", Pattern.DOTALL);

    /** Checks digest and path. */
    public ContentRef {
        if (!isDigest(digest)) {
            throw new IllegalArgumentException(
                    "digest: " + digest + " (expected: 64 hexadecimal digits)");
        }
        if (!path.isEmpty()) {
            ContentPath.check(path);
        }
    }

    /** Tells whether a text is a SHA-256 in the form that is used everywhere here. */
    public static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /** Tells whether a path in a job claims to be such a reference, well-formed or not. */
    public static boolean claims(String text) {
        return text.startsWith("content:sha256");
    }

    /**
     * Reads a reference; empty when the text is none, or not well-formed.
     *
     * @param text a path as a job has it
     */
    public static Optional<ContentRef> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String path = form.group(2) == null ? "" : form.group(2);
        return path.isEmpty() || ContentPath.rule(path).isEmpty()
                ? Optional.of(new ContentRef(form.group(1), path))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return PREFIX + digest + (path.isEmpty() ? "" : "/" + path);
    }
}
