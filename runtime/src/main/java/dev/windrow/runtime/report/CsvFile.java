package dev.windrow.runtime.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** A table of comma-separated values, quoted as RFC 4180 says; lines end with a line feed. */
final class CsvFile implements AutoCloseable {

    private final TextFile file;
    private boolean rowBegun;
    private long secondShown = -1;
    private String second = "";

    private CsvFile(TextFile file) {
        this.file = file;
    }

    static CsvFile create(Path target, String... columns) throws IOException {
        CsvFile csv = new CsvFile(TextFile.create(target));
        for (String column : columns) {
            csv.text(column);
        }
        return csv.endRow();
    }

    private TextFile cell() throws IOException {
        if (rowBegun) {
            file.one(',');
        }
        rowBegun = true;
        return file;
    }

    CsvFile text(String text) throws IOException {
        if (needsQuotes(text)) {
            return quoted(text);
        }
        cell().text(text);
        return this;
    }

    /** Text that is to be quoted in any case. */
    CsvFile quoted(CharSequence text) throws IOException {
        cell().one('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '"') {
                file.text(text, from, i + 1).one('"');
                from = i + 1;
            }
        }
        file.text(text, from, text.length()).one('"');
        return this;
    }

    private static boolean needsQuotes(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return false;
    }

    CsvFile number(long value) throws IOException {
        cell().number(value);
        return this;
    }

    CsvFile seconds(long nanos) throws IOException {
        cell().seconds(nanos);
        return this;
    }

    /** {@code process017}; empty for a worker that never was. */
    CsvFile process(int worker) throws IOException {
        cell();
        if (worker >= 0) {
            file.text("process");
            file.digits(worker, Math.max(3, Integer.toString(worker).length()));
        }
        return this;
    }

    /** UTC, to the microsecond; empty when unknown. */
    CsvFile moment(long micros) throws IOException {
        cell();
        if (micros > 0) {
            long now = micros / 1_000_000;
            if (now != secondShown) {
                secondShown = now;
                String text = LocalDateTime.ofEpochSecond(now, 0, ZoneOffset.UTC).toString();
                second = text.length() == 16 ? text + ":00" : text;
            }
            file.text(second).one('.').digits((int) (micros % 1_000_000), 6);
        }
        return this;
    }

    CsvFile endRow() throws IOException {
        file.one('\n');
        rowBegun = false;
        return this;
    }

    void keep() throws IOException {
        file.keep();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
