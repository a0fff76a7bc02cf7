package dev.windrow.spec.content;

/** One part of an ignore pattern, compared with one byte at a time. */
sealed interface IgnoreStep {
    /** This byte. */
    record Exactly(byte value) implements IgnoreStep {}

    /** {@code [..]}; never a slash. */
    record OneOf(IgnoreSet set) implements IgnoreStep {}

    /** {@code ?}: any byte but a slash. */
    record AnyOne() implements IgnoreStep {}

    /** {@code *}: any part of one name. */
    record InName() implements IgnoreStep {}

    /** {@code **} behind the last slash: anything. */
    record Anything() implements IgnoreStep {}

    /** {@code **} and a slash where a name begins: no folder or some; a name always follows. */
    record Folders() implements IgnoreStep {}

    /** Inside one of the names that {@link Folders} stands for. */
    record FolderName() implements IgnoreStep {}
}
