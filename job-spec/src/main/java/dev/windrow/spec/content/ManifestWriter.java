package dev.windrow.spec.content;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes manifests: a first line {@code windrow-folder 1}, then a line {@code SHA256 SIZE MODE
 * PATH} for each file, mode {@code x} or {@code -}, each line ended by a line feed, in the order of
 * {@link #ORDER}. The same files always give the same bytes.
 */
public final class ManifestWriter {
    /** The order of paths: folder by folder, names by their bytes. */
    public static final Comparator<String> ORDER = ContentPath::compare;

    static final String HEAD = "windrow-folder 1";

    private ManifestWriter() {}

    /**
     * Writes a manifest to a new file.
     *
     * @return SHA-256 of the manifest, by which the folder is known
     */
    public static String write(List<ManifestEntry> entries, Path file) throws IOException {
        List<ManifestEntry> sorted =
                entries.stream().sorted(Comparator.comparing(ManifestEntry::path, ORDER)).toList();
        try (DigestOutputStream digest =
                        new DigestOutputStream(Files.newOutputStream(file), Digests.sha256());
                OutputStream out = new BufferedOutputStream(digest)) {
            line(out, HEAD);
            for (ManifestEntry entry : sorted) {
                line(out, entry.line());
            }
            out.flush();
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        }
    }

    private static void line(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }
}
