package dev.windrow.spec;

/**
 * Something the author of a job should know that does not stop it.
 *
 * @param path dotted path of the field or name of the option
 */
public record Notice(String path, Place place, String text) {
    /** Gives the text after its line and column, if it has any. */
    @Override
    public String toString() {
        return place.equals(Place.NONE) ? text : place + " " + text;
    }
}
