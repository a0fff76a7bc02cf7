package dev.windrow.store;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;

/** Which strings a text column can hold. */
final class Texts {

    private Texts() {}

    static boolean hasLoneSurrogate(String text) {
        int i = 0;
        while (i < text.length()) {
            int character = text.codePointAt(i); // a lone half is given as itself
            if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
                return true;
            }
            i += Character.charCount(character);
        }
        return false;
    }

    /** True when a text column gives the string back as it was, and tells it from every other. */
    static boolean storable(String text) {
        return text.indexOf('\0') < 0 && !hasLoneSurrogate(text);
    }

    /** Refuses a string that a text column would change. */
    static String checked(String field, String text) {
        if (!storable(text)) {
            throw new EngineException(
                    ErrorCode.INVALID_JOB_SPEC,
                    "%s: %s (expected: Unicode text without NUL and without half characters)"
                            .formatted(field, text));
        }
        return text;
    }
}
