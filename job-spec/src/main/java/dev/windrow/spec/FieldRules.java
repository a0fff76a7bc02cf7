package dev.windrow.spec;

import dev.windrow.model.MiniBatchSize;

/** Says in words what a type of field may hold, to follow "expected:". */
final class FieldRules {
    private FieldRules() {}

    static String of(FieldType type) {
        return switch (type) {
            case FieldType.Text _ -> "some text";
            case FieldType.Shaped shaped -> shaped.rule();
            case FieldType.Whole whole -> whole.range().rule();
            case FieldType.Flag _ -> "true or false";
            case FieldType.Choice choice -> oneOf(choice);
            case FieldType.Size _ -> MiniBatchSize.RULE;
            case FieldType.TextMap _ -> "a mapping of names to texts";
            case FieldType.Texts texts ->
                    texts.oneAllowed() ? "a text or a list of texts" : "a list of texts";
            case FieldType.Reference reference -> Expression.written(reference.space(), "NAME");
            case FieldType.Nested _ -> "a mapping";
            case FieldType.TextOrNested _, FieldType.TextOrCarried _ -> "a text or a mapping";
            case FieldType.Named _ -> "a mapping of names";
            case FieldType.Scalar _ -> "a single value";
            case FieldType.Carried _ -> "anything";
            case FieldType.Refused refused -> refused.instead();
        };
    }

    private static String oneOf(FieldType.Choice choice) {
        return choice.values().size() == 1
                ? choice.values().getFirst()
                : "one of " + String.join(", ", choice.values());
    }
}
