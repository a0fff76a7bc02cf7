package dev.windrow.client;

import dev.windrow.spec.content.Digests;
import dev.windrow.spec.content.FolderException;
import dev.windrow.spec.content.FolderFiles;
import dev.windrow.spec.content.FolderFiles.Choice;
import dev.windrow.spec.content.FolderFiles.FolderFile;
import dev.windrow.spec.content.ManifestEntry;
import dev.windrow.spec.content.ManifestWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder of this machine as it was when it was looked at.
 *
 * @param digest of its manifest
 * @param manifest a file that holds it
 * @param files by the digests of their bytes
 */
record LocalFolder(String digest, Path manifest, Map<String, LocalFile> files) {
    private static final Choice CODE = new Choice(true, true, true, 100_000, 2L << 30);
    private static final Choice DATA =
            new Choice(false, true, true, 1_000_000, Long.MAX_VALUE >> 1);
    private static final int BUFFER = 1 << 16;

    /** A file with the size it had. */
    record LocalFile(Path path, long size) {}

    /**
     * Reads a folder through.
     *
     * @param manifest where its manifest is written
     * @throws FolderException when something in it cannot be sent
     * @throws ChangedFileException when a file changes meanwhile
     */
    static LocalFolder read(Path folder, boolean code, Path manifest) throws IOException {
        return read(FolderFiles.list(folder, code ? CODE : DATA), manifest);
    }

    /** Takes a single file as a folder that holds nothing else. */
    static LocalFolder of(Path file, Path manifest) throws IOException {
        Path real = file.toRealPath();
        String name = String.valueOf(file.getFileName());
        long size = Files.size(real);
        return read(List.of(new FolderFile(name, real, size, Files.isExecutable(real))), manifest);
    }

    private static LocalFolder read(List<FolderFile> listed, Path manifest) throws IOException {
        List<ManifestEntry> entries = new ArrayList<>(listed.size());
        Map<String, LocalFile> files = new LinkedHashMap<>();
        for (FolderFile one : listed) {
            BasicFileAttributes before = facts(one.file());
            String sha256 = sha256(one.file());
            BasicFileAttributes after = facts(one.file());
            if (before.size() != after.size()
                    || !before.lastModifiedTime().equals(after.lastModifiedTime())) {
                throw new ChangedFileException(one.file());
            }
            try {
                entries.add(new ManifestEntry(one.path(), after.size(), one.executable(), sha256));
            } catch (IllegalArgumentException e) {
                throw new FolderException(String.valueOf(e.getMessage()));
            }
            files.putIfAbsent(sha256, new LocalFile(one.file(), after.size()));
        }
        return new LocalFolder(ManifestWriter.write(entries, manifest), manifest, files);
    }

    private static BasicFileAttributes facts(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class);
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest = Digests.sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
