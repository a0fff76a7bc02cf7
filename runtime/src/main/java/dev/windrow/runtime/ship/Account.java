package dev.windrow.runtime.ship;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** How much of one agent is there. Not for use by two threads at once. */
final class Account {

    private long bytes;
    private int files;
    private long lastTurn;

    private Account() {}

    /** Counts what is on the disk. */
    static Account count(AgentTree tree) throws IOException {
        Account account = new Account();
        for (Path folder : tree.folders()) {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                            account.add(true, facts.size());
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        }
        return account;
    }

    /** False when a later turn was there already. */
    boolean turn(long turn) {
        if (turn > 0 && turn <= lastTurn) {
            return false;
        }
        lastTurn = Math.max(turn, lastTurn);
        return true;
    }

    void check(LogBounds bounds, boolean another, long more) {
        if (another && files >= bounds.files()) {
            throw new LogRefusal(
                    "file", "one more than " + files, "at most %d files".formatted(bounds.files()));
        }
        if (more > 0 && bytes + more > bounds.bytes()) {
            throw new LogRefusal(
                    "body",
                    "%d bytes more than %d".formatted(more, bytes),
                    "at most %d bytes of one agent".formatted(bounds.bytes()));
        }
    }

    void add(boolean another, long more) {
        files += another ? 1 : 0;
        bytes += more;
    }
}
