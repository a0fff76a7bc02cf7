package dev.windrow.cli.view;

import dev.windrow.cli.view.Style.Paint;
import dev.windrow.engine.tally.Counts;
import dev.windrow.model.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The few lines that are drawn again and again while a job runs; none is wider than asked. */
public final class LiveFrame {

    private static final int BAR_MAX = 40;
    private static final int BAR_MIN = 6;
    private static final int WIDE = 60;

    private final Picture picture;
    private final Style style;
    private final int width;

    private record Part(String text, Paint paint) {}

    private LiveFrame(Picture picture, Style style, int width) {
        this.picture = picture;
        this.style = style;
        this.width = width;
    }

    /**
     * Draws a frame.
     *
     * @param width columns that a line may take, at least 1
     */
    public static List<String> lines(Picture picture, Style style, int width) {
        LiveFrame frame = new LiveFrame(picture, style, width);
        List<String> lines = new ArrayList<>();
        lines.add(frame.head());
        lines.add(frame.progress());
        lines.add(frame.counts());
        lines.add(frame.speed());
        return lines;
    }

    private String head() {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(picture.progress().status().text(), Paint.STRONG));
        parts.add(new Part(Words.clock(picture.elapsed()), Paint.NONE));
        if (!picture.doing().isEmpty()) {
            parts.add(new Part(picture.doing(), Paint.WARNING));
        }
        parts.add(new Part(picture.name(), Paint.FAINT));
        return line(parts);
    }

    private String progress() {
        Counts counts = picture.progress().counts();
        if (!counts.planComplete()) {
            String planned = Words.count(counts.miniBatches(), "mini-batch", "mini-batches");
            return line(
                    List.of(
                            new Part("%s of".formatted(Words.count(picture.ended())), Paint.NONE),
                            new Part(planned + " planned so far", Paint.NONE)));
        }
        double share =
                counts.miniBatches() == 0 ? 1 : (double) picture.ended() / counts.miniBatches();
        String percent = String.format(Locale.ROOT, "%3d%%", (int) Math.floor(share * 100));
        String done =
                "%s of %s"
                        .formatted(Words.count(picture.ended()), Words.count(counts.miniBatches()));
        int free = width - percent.length() - done.length() - 4;
        if (free < BAR_MIN) {
            return line(List.of(new Part(percent.strip(), Paint.NONE), new Part(done, Paint.NONE)));
        }
        String unit = free > BAR_MAX + 13 ? " mini-batches" : "";
        return "%s %s  %s%s"
                .formatted(style.bar(share, Math.min(free, BAR_MAX)), percent, done, unit);
    }

    private String counts() {
        Counts counts = picture.progress().counts();
        long failed = counts.failedMiniBatches();
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("ok " + Words.count(counts.succeededMiniBatches()), Paint.GOOD));
        parts.add(new Part("failed " + Words.count(failed), failed > 0 ? Paint.BAD : Paint.FAINT));
        parts.add(
                new Part(
                        "retried " + Words.count(counts.retries()),
                        counts.retries() > 0 ? Paint.WARNING : Paint.FAINT));
        return line(parts);
    }

    private String speed() {
        List<Part> parts = new ArrayList<>();
        picture.rate().ifPresent(rate -> parts.add(new Part(Words.rate(rate), Paint.NONE)));
        picture.remaining()
                .ifPresent(left ->
                        parts.add(new Part("about " + Words.about(left) + " left", Paint.NONE)));
        if (picture.workers() == 0) {
            return line(parts);
        }
        String busy =
                width < WIDE
                        ? "%d/%d busy".formatted(picture.busy(), picture.workers())
                        : Counted.part(picture.busy(), picture.workers(), "worker", "workers")
                                + " busy";
        parts.add(new Part(busy, Paint.FAINT));
        return line(parts);
    }

    /** The parts that fit, two blanks between them; the first is cut when even it does not. */
    private String line(List<Part> parts) {
        StringBuilder line = new StringBuilder();
        int used = 0;
        for (Part part : parts) {
            int gap = used == 0 ? 0 : 2;
            int room = width - used - gap;
            if (room < part.text().length() && (used > 0 && room < 8)) {
                break;
            }
            String text = cut(part.text(), room);
            line.append(" ".repeat(gap)).append(style.paint(part.paint(), text));
            used += gap + text.length();
            if (text.length() < part.text().length()) {
                break;
            }
        }
        return line.toString();
    }

    private static String cut(String text, int room) {
        if (text.length() <= room) {
            return text;
        }
        return room <= 2 ? text.substring(0, room) : text.substring(0, room - 2) + "..";
    }
}
