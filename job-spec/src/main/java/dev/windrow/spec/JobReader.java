package dev.windrow.spec;

import dev.windrow.model.ParallelJob;
import dev.windrow.spec.YamlNode.Entry;
import dev.windrow.spec.YamlNode.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a parallel job from YAML, or JSON, and reports all its mistakes at once. */
public final class JobReader {
    private static final Set<String> OTHER_TYPES =
            Set.of("pipeline", "command", "sweep", "automl", "spark", "import", "distillation");

    private JobReader() {}

    /**
     * Reads a job file; relative paths in it start from its folder.
     *
     * @throws IOException when the file cannot be read
     * @throws InvalidJobException with every mistake of the job
     */
    public static LoadedJob read(Path file, ReadOptions options) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(YamlTree.LONGEST + 1);
        }
        @Nullable Path folder = file.toAbsolutePath().normalize().getParent();
        Path base = folder == null ? file.toAbsolutePath().getRoot() : folder;
        return read(bytes, file.toString(), base, options);
    }

    /**
     * Reads a job from bytes of UTF-8.
     *
     * @param source what mistakes name as their file
     * @param baseFolder where relative paths in the job start from
     */
    public static LoadedJob read(
            byte[] bytes, String source, Path baseFolder, ReadOptions options) {
        Place start = new Place(1, 1);
        Problems problems = new Problems();
        if (bytes.length > YamlTree.LONGEST) {
            problems.add(MistakeCode.SYNTAX, start, "", "a larger file", "1 MiB at most");
            problems.throwIfAny(source);
        }
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            String text = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
            return read(text, source, baseFolder, options);
        } catch (CharacterCodingException malformed) {
            problems.add(MistakeCode.SYNTAX, start, "", "bytes that are no text", "UTF-8");
            problems.throwIfAny(source);
            throw new IllegalStateException("a mistake was just added", malformed);
        }
    }

    /**
     * Reads a job from text.
     *
     * @param source what mistakes name as their file
     * @param baseFolder where relative paths in the job start from
     */
    public static LoadedJob read(String text, String source, Path baseFolder, ReadOptions options) {
        ReadContext context = new ReadContext(options.strictKeys());
        Optional<YamlNode> node = YamlTree.read(text, context.problems());
        if (node.isEmpty()
                || !(node.get() instanceof Mapping written)
                || !isParallel(written, context)) {
            if (node.isPresent() && !(node.get() instanceof Mapping)) {
                context.mistake(
                        MistakeCode.WRONG_TYPE, "", node.get(), "a mapping with type: parallel");
            }
            context.problems().throwIfAny(source);
            throw new IllegalStateException("what cannot be read is a mistake");
        }
        Overrides overrides = new Overrides(context, written);
        Mapping root = overrides.apply(options);
        ParallelJob job = new JobParser(context, root).parse();
        new ReferenceCheck(job, context, inputNames(root)).check();
        new SecretCheck(context).check(root);
        if (options.checkFiles() && !context.problems().any()) {
            new FileCheck(job, baseFolder, context).check();
        }
        context.problems().throwIfAny(source);
        List<Notice> warnings = context.problems().warnings();
        return new LoadedJob(job, baseFolder, warnings, context.places(), overrides.overridden());
    }

    /** Other kinds of job are refused in one sentence rather than by all they do not have. */
    private static boolean isParallel(Mapping root, ReadContext context) {
        @Nullable Entry entry = root.entries().get("type");
        if (entry == null && root.entries().containsKey("jobs")) {
            Place place = root.place();
            context.problems()
                    .add(MistakeCode.NOT_BUILT, place, "jobs", "a pipeline", notBuilt("pipeline"));
            return false;
        }
        String type = entry == null ? "" : entry.value().shown().toLowerCase(Locale.ROOT);
        if (entry != null && OTHER_TYPES.contains(type)) {
            context.mistake(MistakeCode.NOT_BUILT, "type", entry.value(), notBuilt(type));
            return false;
        }
        return true;
    }

    private static String notBuilt(String type) {
        return type.equals("pipeline")
                ? "parallel; pipelines are not built yet, run the parallel step as a job of its own"
                : "parallel; jobs of type " + type + " are not built yet";
    }

    /** Inputs with mistakes of their own are known all the same. */
    private static Set<String> inputNames(Mapping root) {
        @Nullable Entry entry = root.entries().get("inputs");
        return entry != null && entry.value() instanceof Mapping mapping
                ? mapping.entries().keySet()
                : Set.of();
    }
}
