package dev.windrow.worker.environment;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A package of one module that pip can install without a network. */
public final class Wheel {

    private Wheel() {}

    /** Makes one with a command of its name, which prints the module's {@code WORD}. */
    public static void make(Path folder, String name, String version, String word)
            throws IOException {
        Files.createDirectories(folder);
        String info = "%s-%s.dist-info/".formatted(name, version);
        Path file = folder.resolve("%s-%s-py3-none-any.whl".formatted(name, version));
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, name + ".py", "WORD = '%s'\n\ndef main():\n    print(WORD)\n".formatted(word));
            put(
                    zip,
                    info + "METADATA",
                    "Metadata-Version: 2.1\nName: %s\nVersion: %s\n".formatted(name, version));
            put(
                    zip,
                    info + "WHEEL",
                    "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
            put(
                    zip,
                    info + "entry_points.txt",
                    "[console_scripts]\n%s = %s:main\n".formatted(name, name));
            put(
                    zip,
                    info + "RECORD",
                    "%s.py,,\n%sMETADATA,,\n%sWHEEL,,\n%sentry_points.txt,,\n%sRECORD,,\n"
                            .formatted(name, info, info, info, info));
        }
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
