package dev.windrow.spec;

import dev.windrow.model.ParallelJob;
import dev.windrow.spec.YamlNode.Kind;
import dev.windrow.spec.YamlNode.Mapping;
import dev.windrow.spec.YamlNode.Scalar;
import dev.windrow.spec.YamlNode.Sequence;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes jobs as YAML that reads back as the same job. */
public final class JobWriter {
    private JobWriter() {}

    /**
     * Writes a job to a file; relative local paths are rewritten to start from the file's folder.
     *
     * @param baseFolder where the job's relative paths start from now
     * @param overwrite whether an existing file is replaced; the replacement is atomic
     * @throws java.nio.file.FileAlreadyExistsException when the file exists and is to stay
     * @throws java.nio.file.NoSuchFileException when the file's folder does not exist
     */
    public static void dump(ParallelJob job, Path baseFolder, Path file, boolean overwrite)
            throws IOException {
        Path target = file.toAbsolutePath().normalize();
        Path folder = Objects.requireNonNullElse(target.getParent(), target);
        String text = yaml(rebased(job, baseFolder.toAbsolutePath().normalize(), folder));
        if (!overwrite) {
            Files.writeString(
                    target, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return;
        }
        Path fresh = Files.createTempFile(folder, ".job", ".yml");
        try {
            Files.writeString(fresh, text);
            Files.move(
                    fresh,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Writes a job with its paths as they are; the writer is flushed and stays open. */
    public static void dump(ParallelJob job, Writer out) throws IOException {
        out.write(yaml(job));
        out.flush();
    }

    /** Gives a job as YAML in block style, keys in the order of the schema. */
    public static String yaml(ParallelJob job) {
        return YamlText.of(JobTree.of(job));
    }

    /** Gives a text that is the same for equal jobs and for no others, to make a digest of. */
    public static String canonical(ParallelJob job) {
        return JsonText.canonical(JobTree.of(job));
    }

    /** Gives the first field that differs as {@code field: old → new}; empty for equal jobs. */
    public static Optional<String> firstDifference(ParallelJob before, ParallelJob after) {
        Map<String, String> old = new LinkedHashMap<>();
        Map<String, String> fresh = new LinkedHashMap<>();
        flatten("", JobTree.of(before), old);
        flatten("", JobTree.of(after), fresh);
        Set<String> paths = new LinkedHashSet<>(old.keySet());
        paths.addAll(fresh.keySet());
        return paths.stream()
                .filter(path -> !Objects.equals(old.get(path), fresh.get(path)))
                .findFirst()
                .map(path -> path + ": " + shown(old.get(path)) + " → " + shown(fresh.get(path)));
    }

    private static String shown(@Nullable String value) {
        return Objects.requireNonNullElse(value, "unset");
    }

    private static void flatten(String path, YamlNode node, Map<String, String> into) {
        switch (node) {
            case Mapping mapping when !mapping.entries().isEmpty() ->
                    mapping.entries()
                            .forEach((key, entry) -> {
                                String prefix = path.isEmpty() ? "" : path + ".";
                                flatten(prefix + key, entry.value(), into);
                            });
            case Scalar scalar when scalar.kind() == Kind.TEXT && isClear(scalar.text()) ->
                    into.put(path, scalar.text());
            case Mapping _, Sequence _, Scalar _ -> into.put(path, JsonText.canonical(node));
        }
    }

    /** A text that could be taken for another value, or for none, is shown in quotes. */
    private static boolean isClear(String text) {
        return CoreSchema.kindOf(text) == Kind.TEXT
                && !text.equals("unset")
                && !text.startsWith("\"")
                && !text.startsWith("[")
                && !text.startsWith("{");
    }

    /**
     * Gives the job with its relative local paths rewritten to start from another folder; by their
     * text alone, so that going back gives the same paths.
     *
     * @param from absolute folder that they start from now
     * @param to absolute folder that they are to start from
     */
    public static ParallelJob rebased(ParallelJob job, Path from, Path to) {
        if (from.equals(to)) {
            return job;
        }
        return JobPaths.moved(
                        from,
                        path -> {
                            String moved = to.relativize(path).toString();
                            return moved.startsWith("..")
                                    ? moved
                                    : moved.isEmpty() ? "." : "./" + moved;
                        })
                .of(job);
    }

    /**
     * Gives the job with its relative local paths made absolute.
     *
     * @param from absolute folder that they start from now
     */
    public static ParallelJob absolute(ParallelJob job, Path from) {
        return JobPaths.moved(from, Path::toString).of(job);
    }
}
