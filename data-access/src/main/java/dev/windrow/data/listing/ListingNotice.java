package dev.windrow.data.listing;

import java.util.Objects;

/** Something a listing left out, and why. */
public record ListingNotice(String path, Reason reason) {
    /** Why an entry is not an item. */
    public enum Reason {
        DANGLING_LINK("symbolic link to nothing"),
        LINK_LOOP("symbolic link back to a folder that contains it"),
        SPECIAL_FILE("neither a file nor a folder"),
        VANISHED("gone while the folder was read"),
        DUPLICATE("named more than once; taken once");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        public String sentence() {
            return sentence;
        }
    }

    public ListingNotice {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(reason, "reason");
    }
}
