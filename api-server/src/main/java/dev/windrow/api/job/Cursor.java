package dev.windrow.api.job;

import dev.windrow.api.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page has ended, as a text that means nothing to clients. */
public final class Cursor {

    private Cursor() {}

    /** The cursor after this position. */
    public static String of(String position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    /** The position; what is no cursor is refused. */
    public static String read(String cursor) {
        if (cursor.isEmpty()) {
            throw wrong(cursor);
        }
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw wrong(cursor);
        }
    }

    /** Refuses a cursor. */
    public static Problem wrong(String cursor) {
        return Problem.invalid("cursor", cursor, "the next_cursor of a page before");
    }
}
