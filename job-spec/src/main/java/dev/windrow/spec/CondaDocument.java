package dev.windrow.spec;

import dev.windrow.spec.YamlNode.Mapping;
import dev.windrow.spec.YamlNode.Scalar;
import dev.windrow.spec.YamlNode.Sequence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tree that was read from a file, with the places of its values.
 *
 * @param source what mistakes name as its file
 * @param prefix dotted path of the tree within the file; empty when it is all of it
 * @param tree of maps, lists and plain values
 * @param places by dotted path within the file; elements of lists by number
 */
record CondaDocument(String source, String prefix, Object tree, Map<String, Place> places) {

    /**
     * Reads a file; empty when it is not there.
     *
     * @throws InvalidJobException when it is no YAML, or too large
     */
    static Optional<CondaDocument> read(Path file) {
        byte[] bytes;
        // Anything else might never end.
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(YamlTree.LONGEST + 1);
        } catch (IOException _) {
            return Optional.empty();
        }
        Problems problems = new Problems();
        Optional<YamlNode> node = YamlTree.read(text(bytes, problems), problems);
        problems.throwIfAny(file.toString());
        if (node.isEmpty() || !(node.get() instanceof Mapping)) {
            Place start = node.map(YamlNode::place).orElse(new Place(1, 1));
            String shown = node.map(YamlNode::shown).orElse("nothing");
            problems.add(MistakeCode.WRONG_TYPE, start, "", shown, "a mapping");
            throw problems.asException(file.toString());
        }
        Map<String, Place> places = new LinkedHashMap<>();
        collect("", node.get(), places);
        Object tree = node.get().plain() instanceof Map<?, ?> map ? map : Map.of();
        return Optional.of(new CondaDocument(file.toString(), "", tree, places));
    }

    private static String text(byte[] bytes, Problems problems) {
        Place start = new Place(1, 1);
        if (bytes.length > YamlTree.LONGEST) {
            problems.add(MistakeCode.SYNTAX, start, "", "a larger file", "1 MiB at most");
            return "";
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            problems.add(MistakeCode.SYNTAX, start, "", "bytes that are no text", "UTF-8");
            return "";
        }
    }

    /** Notes where a value stands, and all that is in it. */
    static void collect(String path, YamlNode node, Map<String, Place> places) {
        if (!path.isEmpty()) {
            places.putIfAbsent(path, node.place());
        }
        String start = path.isEmpty() ? "" : path + ".";
        switch (node) {
            case Scalar _ -> {}
            case Sequence sequence -> {
                for (int i = 0; i < sequence.items().size(); i++) {
                    collect(start + i, sequence.items().get(i), places);
                }
            }
            case Mapping mapping ->
                    mapping.entries()
                            .forEach((key, entry) -> collect(start + key, entry.value(), places));
        }
    }

    /** A value of the tree, unless it is absent or null. */
    Optional<Object> value(String key) {
        @Nullable Object value = tree instanceof Map<?, ?> map ? map.get(key) : null;
        return Optional.ofNullable(value);
    }

    /** The document of one of its values, which is there. */
    CondaDocument below(String key) {
        return new CondaDocument(source, path(key), value(key).orElseThrow(), places);
    }

    /** Dotted path, within the file, of something in the tree. */
    String path(String inner) {
        return prefix.isEmpty() || inner.isEmpty() ? prefix + inner : prefix + "." + inner;
    }

    Place place(String inner) {
        return places.getOrDefault(path(inner), places.getOrDefault(prefix, Place.NONE));
    }
}
