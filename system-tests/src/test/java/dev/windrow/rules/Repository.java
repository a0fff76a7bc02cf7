package dev.windrow.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The files of the repository, without what a build or a run has made. */
final class Repository {

    private static final Set<String> MADE =
            Set.of(
                    ".git",
                    ".idea",
                    ".venv",
                    ".vscode",
                    ".windrow-build",
                    "__pycache__",
                    "dist",
                    "out",
                    "results",
                    "target");
    private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");

    private Repository() {}

    /** The folder that holds {@code .mvn}, above the one the test runs in. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.resolve("..").normalize();
        }
        return folder;
    }

    /** All files whose names end so, with paths from the root. */
    static List<Path> files(String... endings) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(root(), new Collector(found, List.of(endings)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted().toList();
    }

    static String text(Path file) {
        try {
            return Files.readString(root().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The modules that the parent POM names. */
    static List<String> modules() {
        return MODULE.matcher(text(Path.of("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** The folders of class files that exist, such as {@code classes} of every module. */
    static List<Path> output(String folder) {
        return modules().stream()
                .map(module -> root().resolve(module).resolve("target").resolve(folder))
                .filter(Files::isDirectory)
                .toList();
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private final List<Path> found;
        private final List<String> endings;

        Collector(List<Path> found, List<String> endings) {
            this.found = found;
            this.endings = endings;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return MADE.contains(name(folder))
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (endings.stream().anyMatch(name(file)::endsWith)) {
                found.add(root().relativize(file));
            }
            return FileVisitResult.CONTINUE;
        }

        private static String name(Path path) {
            return String.valueOf(path.getFileName());
        }
    }
}
