package dev.windrow.spec.content;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The files of a folder that belong to a job: without what its ignore files name, without {@code
 * .git} and {@code .venv}.
 */
public final class FolderFiles {
    private static final Set<String> NEVER = Set.of(".git", ".venv");
    private static final Set<String> NO_CODE =
            Set.of(".git", ".venv", "venv", "__pycache__", ".ipynb_checkpoints", ".mypy_cache");

    private final Path root;
    private final Path realRoot;
    private final Choice choice;
    private final List<FolderFile> files = new ArrayList<>();
    private long bytes;

    /**
     * One file.
     *
     * @param path from the folder, with slashes
     * @param file where it is on this machine
     */
    public record FolderFile(String path, Path file, long size, boolean executable) {}

    /**
     * What is wanted of a folder.
     *
     * @param code whether folders that never hold code of a job are left out too
     * @param ignoring whether ignore files count; a folder that was chosen from once is complete
     * @param strict whether a link that leads out of the folder, or nowhere, is a mistake; else
     *     such a link to a file is followed and others are left out
     * @param filesMost files at most
     * @param bytesMost bytes at most
     */
    public record Choice(
            boolean code, boolean ignoring, boolean strict, int filesMost, long bytesMost) {}

    private FolderFiles(Path root, Choice choice) throws IOException {
        this.root = root;
        this.realRoot = root.toRealPath();
        this.choice = choice;
    }

    /**
     * Lists the files in the order of their paths. Blocks on the disk.
     *
     * @throws FolderException for a link that may not be followed, or when there are too many
     */
    public static List<FolderFile> list(Path folder, Choice choice) throws IOException {
        FolderFiles walk = new FolderFiles(folder, choice);
        walk.enter(walk.root, "", IgnoreRules.of(folder), List.of(walk.realRoot));
        walk.files.sort(Comparator.comparing(FolderFile::path));
        return walk.files;
    }

    private void enter(Path folder, String prefix, IgnoreRules rules, List<Path> above)
            throws IOException {
        try (var entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                take(entry, prefix + entry.getFileName(), rules, above);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void take(Path entry, String path, IgnoreRules rules, List<Path> above)
            throws IOException {
        String name = String.valueOf(entry.getFileName());
        boolean link = Files.isSymbolicLink(entry);
        boolean folder = Files.isDirectory(entry);
        // As git does, which sees in a link what it is and not what it leads to.
        boolean ignored = choice.ignoring() && rules.ignores(path, folder && !link);
        if (ignored || (folder && (choice.code() ? NO_CODE : NEVER).contains(name))) {
            return;
        }
        if (link && !follows(entry, path, folder, above)) {
            return;
        }
        if (folder) {
            List<Path> deeper = new ArrayList<>(above);
            deeper.add(entry.toRealPath());
            IgnoreRules below = choice.ignoring() ? rules.below(path, entry) : rules;
            enter(entry, path + "/", below, deeper);
        } else if (Files.isRegularFile(entry)) {
            add(entry, path);
        } else if (choice.strict()) {
            throw new FolderException(
                    path + ": neither file nor folder (expected: ordinary files)");
        }
    }

    private boolean follows(Path link, String path, boolean folder, List<Path> above)
            throws IOException {
        if (!Files.exists(link)) {
            return refused(path, "a link that leads somewhere");
        }
        Path real = link.toRealPath();
        if (folder && above.contains(real)) {
            return refused(path, "a link that does not lead to a folder around it");
        }
        if (real.startsWith(realRoot)) {
            return true;
        }
        boolean leaves = refused(path, "a link that stays inside " + root);
        return leaves || !folder;
    }

    private boolean refused(String path, String rule) throws FolderException {
        if (choice.strict()) {
            throw new FolderException(path + ": a symbolic link (expected: " + rule + ")");
        }
        return false;
    }

    private void add(Path file, String path) throws IOException {
        BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
        bytes += facts.size();
        if (files.size() >= choice.filesMost() || bytes > choice.bytesMost()) {
            throw new FolderException(
                    "%s: too large (expected: at most %d files and %d bytes; what is not needed can be named in .amlignore)"
                            .formatted(root, choice.filesMost(), choice.bytesMost()));
        }
        files.add(new FolderFile(path, file, facts.size(), Files.isExecutable(file)));
    }
}
