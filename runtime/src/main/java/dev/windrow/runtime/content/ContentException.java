package dev.windrow.runtime.content;

/** An upload is refused; the message names what, its value and the rule. */
public final class ContentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Why; each stands for one kind of answer. */
    public enum Kind {
        /** Nothing of this digest is there. */
        CONTENT_NOT_FOUND,
        /** What was sent breaks a rule, or is not what its digest says. */
        CONTENT_INVALID,
        /** It is larger than one upload may be, or there is no room for it. */
        CONTENT_TOO_LARGE,
        /** Files of a folder are still missing. */
        CONTENT_INCOMPLETE,
        /** A part that does not follow what is there. */
        OFFSET_WRONG,
        /** The same client sends the same file at this moment. */
        UPLOAD_BUSY
    }

    ContentException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
