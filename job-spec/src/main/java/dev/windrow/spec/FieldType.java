package dev.windrow.spec;

import dev.windrow.model.Range;
import java.util.List;

/** What a field of a job file may hold. */
sealed interface FieldType {
    /** Any text. */
    record Text() implements FieldType {}

    /** A text of a certain shape; {@code rule} says it in words. */
    record Shaped(String regex, String rule) implements FieldType {}

    /** A whole number; {@code bindable} ones may be bound to an input. */
    record Whole(Range range, boolean bindable) implements FieldType {}

    record Flag() implements FieldType {}

    /** One of some words, in any case. */
    record Choice(List<String> values) implements FieldType {}

    /** A size of mini-batches. */
    record Size() implements FieldType {}

    record TextMap() implements FieldType {}

    /** Some texts; {@code oneAllowed} when a single text may stand for a list of one. */
    record Texts(boolean oneAllowed) implements FieldType {}

    /** An expression that names one of the job's {@code inputs} or {@code outputs}. */
    record Reference(String space) implements FieldType {}

    record Nested(Section section) implements FieldType {}

    /** A path or reference, or the thing itself. */
    record TextOrNested(Section section) implements FieldType {}

    /** A path, or a tree that is carried along. */
    record TextOrCarried() implements FieldType {}

    /** Named things; {@code scalarAllowed} words say what a scalar in place of one means. */
    record Named(Section section, String scalarAllowed) implements FieldType {}

    /** A plain value. */
    record Scalar() implements FieldType {}

    /** Known to Azure, carried along and not read. */
    record Carried() implements FieldType {}

    /** Known to Azure and not built here. */
    record Refused(String instead) implements FieldType {}
}
