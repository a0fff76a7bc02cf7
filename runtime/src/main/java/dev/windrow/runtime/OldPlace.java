package dev.windrow.runtime;

import dev.windrow.disk.FileMark;
import dev.windrow.runtime.compute.JobFolder;
import dev.windrow.runtime.compute.RowsToTake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** Where a retry's agents find old rows that only they see, kept in the retry's own folder. */
final class OldPlace {

    private static final String PLACE = "place";
    private static final String MARK = "mark";
    private static final String PLANNED = "planned";

    private OldPlace() {}

    private static Path file(JobFolder folder) {
        return folder.root().resolve("retry").resolve("rows.properties");
    }

    /** Empty for a job that takes nothing along, or whose old rows are in its folder. */
    static Optional<RowsToTake> of(JobFolder folder) {
        Properties fields = new Properties();
        try (InputStream in = Files.newInputStream(file(folder))) {
            fields.load(in);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return FileMark.of(fields.getProperty(MARK, ""))
                .map(mark ->
                        new RowsToTake(
                                fields.getProperty(PLACE, ""),
                                mark,
                                Boolean.parseBoolean(fields.getProperty(PLANNED))));
    }

    /** Durable when this returns. */
    static void save(JobFolder folder, RowsToTake rows) throws IOException {
        Properties fields = new Properties();
        fields.setProperty(PLACE, rows.place());
        fields.setProperty(MARK, rows.mark().text());
        fields.setProperty(PLANNED, Boolean.toString(rows.planned()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        fields.store(bytes, null);
        Origins.replace(file(folder), bytes.toByteArray());
    }

    static void discard(JobFolder folder) throws IOException {
        Files.deleteIfExists(file(folder));
    }
}
