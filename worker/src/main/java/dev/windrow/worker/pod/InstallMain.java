package dev.windrow.worker.pod;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Copies the agent out of its own image into a folder that the user's image sees too, and writes
 * that folder's name into the file of Java's options, {@value #OPTIONS}. Modes and dates are kept.
 */
public final class InstallMain {

    /** Java's options for the agent; has {@value #PLACE} where the agent's folder is meant. */
    static final String OPTIONS = "agent.options";

    static final String PLACE = "${agent}";

    private static final int USAGE = 2;
    private static final int FAILED = 1;

    private InstallMain() {}

    /** Copies the folder named first into the folder named second. */
    public static void main(String[] args) {
        System.exit(run(args, System.err));
    }

    static int run(String[] args, PrintStream err) {
        if (args.length != 2) {
            err.println("usage: FROM TO (expected: one argument, the folder to copy the agent to)");
            return USAGE;
        }
        Path from = Path.of(args[0]);
        Path to = Path.of(args[1]).toAbsolutePath();
        try {
            copy(from, to);
            String options = Files.readString(from.resolve(OPTIONS));
            Files.writeString(to.resolve(OPTIONS), options.replace(PLACE, to.toString()));
            return 0;
        } catch (IOException e) {
            err.println("the agent cannot be copied to %s: %s".formatted(to, e));
            return FAILED;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts)
                            throws IOException {
                        Files.createDirectories(to.resolve(from.relativize(folder)));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
                            throws IOException {
                        Files.copy(
                                file,
                                to.resolve(from.relativize(file)),
                                StandardCopyOption.COPY_ATTRIBUTES,
                                StandardCopyOption.REPLACE_EXISTING,
                                LinkOption.NOFOLLOW_LINKS);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
