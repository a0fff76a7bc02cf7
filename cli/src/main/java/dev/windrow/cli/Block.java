package dev.windrow.cli;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A block of lines at the end of a terminal that is drawn over and over, with lasting lines above
 * it. The cursor is always shown and always below the block, so that nothing has to be restored
 * whatever ends the process. Each change is one write. On anything but a terminal there are only
 * lasting lines.
 */
final class Block implements AutoCloseable {

    private static final String ESCAPE = "\u001b[";
    private static final int PLAIN_WIDTH = 100;

    private final Shell shell;
    private final AtomicBoolean resized = new AtomicBoolean();
    private int width = PLAIN_WIDTH;
    private List<String> drawn = List.of();

    private Block(Shell shell) {
        this.shell = shell;
    }

    static Block open(Shell shell) {
        Block block = new Block(shell);
        if (shell.liveErr()) {
            Signals.on("WINCH", () -> block.resized.set(true));
            block.width = Terminal.width(shell.environment());
        }
        return block;
    }

    /** Columns of the terminal now. */
    int width() {
        if (resized.compareAndSet(true, false)) {
            width = Terminal.width(shell.environment());
        }
        return width;
    }

    /** Adds lasting lines. */
    void above(List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder(up(drawn.isEmpty()));
        lines.forEach(line -> text.append(line).append('\n'));
        drawn.forEach(line -> text.append(line).append('\n'));
        write(text);
    }

    /** Puts other lines in the place of the block. */
    void redraw(List<String> lines) {
        if (lines.equals(drawn)) {
            return;
        }
        StringBuilder text = new StringBuilder(back());
        for (String line : lines) {
            text.append(line).append(ESCAPE).append("K\n");
        }
        if (lines.size() < rows()) {
            text.append(ESCAPE).append('J');
        }
        drawn = lines;
        write(text);
    }

    /** Removes the block. */
    @Override
    public void close() {
        if (!drawn.isEmpty()) {
            write(new StringBuilder(up(false)));
            drawn = List.of();
        }
    }

    /** To the first line of the block, which is erased. */
    private String up(boolean nothing) {
        return nothing ? "" : back() + ESCAPE + "J";
    }

    private String back() {
        int rows = rows();
        return rows == 0 ? "" : ESCAPE + rows + "A\r";
    }

    /** Rows the block takes, also when the terminal has become narrower than its lines. */
    private int rows() {
        int rows = 0;
        for (String line : drawn) {
            int columns = line.replaceAll("\u001b\\[[0-9;]*m", "").length();
            rows += Math.max(1, (columns + width - 1) / width);
        }
        return rows;
    }

    private void write(StringBuilder text) {
        shell.err().print(text);
        shell.err().flush();
    }
}
