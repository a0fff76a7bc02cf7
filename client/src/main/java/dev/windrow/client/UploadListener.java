package dev.windrow.client;

/** Hears how far an upload is. */
public interface UploadListener {
    /** Hears nothing. */
    UploadListener NONE = new UploadListener() {};

    /**
     * Something more has been sent; called for each piece.
     *
     * @param field of the job, such as {@code inputs.images.path}
     * @param files sent so far for this field
     * @param bytes sent so far for this field
     */
    default void sent(String field, long files, long bytes) {}

    /** Something that the job's author should know. */
    default void noted(String text) {}
}
