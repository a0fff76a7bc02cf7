package dev.windrow.system;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A package of one module, {@code windrowtoy}, that pip can install without a network. */
final class ToyWheel {

    private static final String INFO = "windrowtoy-1.0.dist-info/";

    private ToyWheel() {}

    /** Makes it; its {@code WORD} is what the text says. */
    static void make(Path folder, String word) {
        Path file = folder.resolve("windrowtoy-1.0-py3-none-any.whl");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, "windrowtoy.py", "WORD = '%s'\n".formatted(word));
            put(zip, INFO + "METADATA", "Metadata-Version: 2.1\nName: windrowtoy\nVersion: 1.0\n");
            put(
                    zip,
                    INFO + "WHEEL",
                    "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
            put(zip, INFO + "RECORD", "windrowtoy.py,,\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
