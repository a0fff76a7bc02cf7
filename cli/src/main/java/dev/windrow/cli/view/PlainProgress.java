package dev.windrow.cli.view;

import dev.windrow.engine.tally.Counts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A line about progress now and then, for places that keep every line. */
public final class PlainProgress {

    private static final List<Duration> GAPS =
            List.of(1, 2, 5, 10, 20, 30, 60).stream().map(Duration::ofSeconds).toList();

    private int lines;
    private @Nullable Duration next;

    /** The line that is due at this moment, if one is; the first a second after the first call. */
    public Optional<String> due(Picture picture) {
        if (next == null) {
            next = picture.elapsed().plus(GAPS.getFirst());
        }
        if (picture.elapsed().compareTo(next) < 0) {
            return Optional.empty();
        }
        lines++;
        next = picture.elapsed().plus(GAPS.get(Math.min(lines, GAPS.size() - 1)));
        return Optional.of(line(picture));
    }

    private static String line(Picture picture) {
        Counts counts = picture.progress().counts();
        StringBuilder line = new StringBuilder(Words.clock(picture.elapsed()));
        line.append("  ")
                .append(Words.count(picture.ended()))
                .append(" of ")
                .append(Words.count(counts.miniBatches(), "mini-batch", "mini-batches"))
                .append(counts.planComplete() ? "" : " planned so far")
                .append(": ")
                .append(Words.count(counts.succeededMiniBatches()))
                .append(" ok, ")
                .append(Words.count(counts.failedMiniBatches()))
                .append(" failed, ")
                .append(Words.count(counts.retries()))
                .append(" retried");
        picture.rate().ifPresent(rate -> line.append(", ").append(Words.rate(rate)));
        picture.remaining()
                .ifPresent(
                        left -> line.append(", about ").append(Words.about(left)).append(" left"));
        if (!picture.doing().isEmpty()) {
            line.append(", ").append(picture.doing());
        }
        return line.toString();
    }
}
