package dev.windrow.api.job;

import dev.windrow.api.http.Answer;
import dev.windrow.api.http.Request;
import dev.windrow.disk.VisibleFiles;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A page of files that was asked for.
 *
 * @param after the last path of the page before; empty for the first page
 * @param max files of the page
 */
record FilePages(String after, int max) {

    /** Reads what was asked for. */
    static FilePages of(Request request) {
        request.allowOnly(Set.of("max", "cursor"));
        return ofKnown(request);
    }

    /** The same where other parameters were looked at. */
    static FilePages ofKnown(Request request) {
        int max = request.whole("max", 1, JobListing.MAX, JobListing.USUAL);
        return new FilePages(request.query("cursor").map(Cursor::read).orElse(""), max);
    }

    /**
     * The page of the files below a root.
     *
     * @param wanted by their path
     * @param complete whether they will not grow any more
     * @param url of one of them, up to its path
     */
    Answer below(Path root, Predicate<String> wanted, boolean complete, String url) {
        return page(new FileTree(root).after(after, max, wanted), complete, url);
    }

    /** The page of these files. */
    Answer page(List<VisibleFiles.Entry> entries, boolean complete, String url) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode items = page.putArray("items");
        for (VisibleFiles.Entry entry : entries) {
            items.addObject()
                    .put("path", entry.path())
                    .put("bytes", entry.bytes())
                    .put("modified_at", entry.modifiedAt().toString())
                    .put("complete", complete)
                    .put("url", url + encoded(entry.path()));
        }
        page.put("next_cursor", entries.size() < max ? null : Cursor.of(entries.getLast().path()));
        return Answer.ok(page);
    }

    private static String encoded(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8);
    }
}
