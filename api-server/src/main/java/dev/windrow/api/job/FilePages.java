package dev.windrow.api.job;

import dev.windrow.api.http.Answer;
import dev.windrow.api.http.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Pages of files. */
final class FilePages {

    private FilePages() {}

    /**
     * A page of the files below a root.
     *
     * @param complete whether they will not grow any more
     * @param url of one of them, up to its path
     */
    static Answer of(Request request, Path root, boolean complete, String url) {
        request.allowOnly(Set.of("max", "cursor"));
        return of(request, root, _ -> true, complete, url);
    }

    /**
     * A page of some of the files below a root.
     *
     * @param wanted by their path
     */
    static Answer of(
            Request request, Path root, Predicate<String> wanted, boolean complete, String url) {
        int max = request.whole("max", 1, JobListing.MAX, JobListing.USUAL);
        String after = request.query("cursor").map(Cursor::read).orElse("");
        List<FileTree.Entry> entries = new FileTree(root).after(after, max, wanted);
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode items = page.putArray("items");
        for (FileTree.Entry entry : entries) {
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
        return java.net.URLEncoder.encode(path, java.nio.charset.StandardCharsets.UTF_8);
    }
}
