package dev.windrow.data;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Paths as the raw bytes the file system has, whatever their encoding.
 *
 * <p>Java keeps these bytes inside {@link Path} but shows them only as text of the platform's
 * charset, or percent-encoded in a URI. Plain ASCII names take the short way through the text.
 */
public final class RawPath {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private RawPath() {}

    /** All bytes of an absolute path, without a slash at the end (but for {@code /} itself). */
    public static byte[] bytes(Path absolute) {
        String text = absolute.toString();
        if (isPlain(text)) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
        byte[] raw = percentDecode(absolute.toUri().getRawPath());
        int end = raw.length;
        while (end > 1 && raw[end - 1] == '/') {
            end--;
        }
        return end == raw.length ? raw : Arrays.copyOf(raw, end);
    }

    /** The bytes of the last name of an absolute path. */
    public static byte[] fileName(Path absolute) {
        String text = absolute.toString();
        int start = text.lastIndexOf('/') + 1;
        if (isPlain(text, start)) {
            return text.substring(start).getBytes(StandardCharsets.ISO_8859_1);
        }
        byte[] raw = bytes(absolute);
        int slash = raw.length;
        while (slash > 0 && raw[slash - 1] != '/') {
            slash--;
        }
        return Arrays.copyOfRange(raw, slash, raw.length);
    }

    /** The path that has exactly these bytes; they start with a slash and hold no NUL. */
    public static Path path(byte[] absolute) {
        String text = new String(absolute, StandardCharsets.ISO_8859_1);
        if (isPlain(text)) {
            return Path.of(text);
        }
        StringBuilder uri = new StringBuilder(absolute.length + 16).append("file://");
        for (byte b : absolute) {
            if (b == '/' || isUnreserved(b)) {
                uri.append((char) b);
            } else {
                uri.append('%').append(HEX[(b >> 4) & 15]).append(HEX[b & 15]);
            }
        }
        return Path.of(URI.create(uri.toString()));
    }

    /**
     * For messages: UTF-8 where it is, and {@code \xNN} for bytes and controls a terminal should
     * not see.
     */
    public static String printable(byte[] raw) {
        StringBuilder shown = new StringBuilder(raw.length);
        for (int i = 0; i < raw.length; ) {
            int length = Utf8.sequenceLength(raw, i);
            if (length == 0 || (length == 1 && (raw[i] < ' ' || raw[i] == 0x7f))) {
                shown.append("\\x").append(HEX[(raw[i] >> 4) & 15]).append(HEX[raw[i] & 15]);
                i++;
            } else {
                shown.append(new String(raw, i, length, StandardCharsets.UTF_8));
                i += length;
            }
        }
        return shown.toString();
    }

    /** As {@link #printable(byte[])}, of a path. */
    public static String printable(Path path) {
        return printable(bytes(path.toAbsolutePath()));
    }

    /** The order of listings: bytes as unsigned numbers, a prefix before what it begins. */
    public static int compare(byte[] left, byte[] right) {
        return Arrays.compareUnsigned(left, right);
    }

    public static boolean startsWith(byte[] name, byte[] prefix) {
        return name.length >= prefix.length
                && Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length);
    }

    public static byte[] concat(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    /** The bytes of a percent-encoded URI path; text outside ASCII becomes UTF-8. */
    public static byte[] percentDecode(String encoded) {
        byte[] raw = encoded.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%'
                    && i + 2 < raw.length
                    && hex(raw[i + 1]) >= 0
                    && hex(raw[i + 2]) >= 0) {
                out.write((hex(raw[i + 1]) << 4) | hex(raw[i + 2]));
                i += 2;
            } else {
                out.write(raw[i]);
            }
        }
        return out.toByteArray();
    }

    private static int hex(byte b) {
        return Character.digit(b, 16);
    }

    private static boolean isUnreserved(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '.'
                || b == '_'
                || b == '~';
    }

    private static boolean isPlain(String text) {
        return isPlain(text, 0);
    }

    private static boolean isPlain(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }
}
