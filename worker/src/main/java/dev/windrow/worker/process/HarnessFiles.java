package dev.windrow.worker.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the Python harness, or unpacks the one this program carries. */
public final class HarnessFiles {

    /** Names a folder that holds the harness; the launcher sets it. */
    private static final String PROPERTY = "windrow.harness";

    private static final String LIST = "/harness/files.txt";

    private HarnessFiles() {}

    /**
     * The folder of the harness. Unpacked once for each build of this program, below the home.
     *
     * @throws IOException when the disk refuses
     */
    public static Path folder(Path home) throws IOException {
        String given = System.getProperty(PROPERTY);
        if (given != null) {
            return Path.of(given);
        }
        Path unpacked = home.resolve("harness").resolve(stamp());
        if (!Files.exists(unpacked.resolve("windrow_worker.py"))) {
            unpack(unpacked);
        }
        return unpacked;
    }

    /** Differs from build to build: size and time of the file that carries the harness. */
    private static String stamp() throws IOException {
        @Nullable CodeSource source = HarnessFiles.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return "unknown";
        }
        try {
            Path file = Path.of(source.getLocation().toURI());
            return Long.toHexString(Files.size(file))
                    + "-"
                    + Long.toHexString(Files.getLastModifiedTime(file).toMillis());
        } catch (URISyntaxException e) {
            throw new IOException("harness: " + source.getLocation(), e);
        }
    }

    private static void unpack(Path target) throws IOException {
        Path parent = Files.createDirectories(target.toAbsolutePath().resolveSibling("."));
        Path fresh = Files.createTempDirectory(parent.normalize(), "unpacking-");
        for (String name : names()) {
            Path file = fresh.resolve(name);
            Files.createDirectories(file.resolveSibling("."));
            try (InputStream in = HarnessFiles.class.getResourceAsStream("/harness/" + name)) {
                if (in == null) {
                    throw new IOException("harness: " + name + " (expected: in the program)");
                }
                Files.copy(in, file);
            }
        }
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.exists(target.resolve("windrow_worker.py"))) {
                throw e;
            }
            // Another process was first; its copy is as good.
        }
    }

    private static List<String> names() throws IOException {
        @Nullable URL list = HarnessFiles.class.getResource(LIST);
        if (list == null) {
            throw new IOException("harness: " + LIST + " (expected: in the program)");
        }
        try (InputStream in = list.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        }
    }
}
