package dev.windrow.runtime.content;

import java.util.List;

/**
 * Files of a folder that have to be sent.
 *
 * @param digests of files, none of them twice
 * @param next path behind which there may be more; empty when there are none
 */
public record Missing(List<String> digests, String next) {
    public Missing {
        digests = List.copyOf(digests);
    }
}
