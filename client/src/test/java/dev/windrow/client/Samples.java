package dev.windrow.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Documents and jobs that tests share. */
final class Samples {
    private Samples() {}

    /** A job as the contract says, with nothing that may be left out. */
    static String job(String name, String status) {
        return """
        {"id":"/workspaces/default/jobs/NAME","name":"NAME","workspace":"default",
         "type":"parallel","status":"STATUS","status_reason":null,"tags":{"team":"barn"},
         "properties":{},"creation_context":{"created_by":"ann",
         "created_at":"2026-11-22T12:00:00Z","last_modified_by":"ann",
         "last_modified_at":"2026-11-22T12:00:01Z"},"submitted_at":"2026-11-22T12:00:00Z",
         "archived":false,"compute":"local","mini_batches":{"total":5,"succeeded":4,"failed":1,
         "unprocessed":0,"attempts":6,"retries":1},"items":{"total":20,"succeeded":16,"failed":4,
         "unprocessed":0},"outputs":{"counts":"/data/counts.txt"},
         "studio_url":"http://localhost/jobs/NAME","logs_url":"http://localhost/jobs/NAME/logs",
         "seconds":null,"something_new":{"a":[1]}}
        """
                .replace("NAME", name)
                .replace("STATUS", status)
                .replace("\n", "");
    }

    static String failedJob(String name) {
        return job(name, "Failed")
                .replace(
                        "\"status_reason\":null",
                        "\"status_reason\":{\"code\":\"INIT_FAILED\",\"message\":\"init() raised\","
                                + "\"first_cause\":\"ValueError: no model\"}")
                .replace("\"seconds\":null", "\"seconds\":2.5");
    }

    static String problem(int status, String code, String detail) {
        return """
        {"type":"about:blank","title":"No","status":%d,"code":"%s","detail":"%s"}\
        """
                .formatted(status, code, detail);
    }

    /** Makes a folder with a script and input. */
    static Path folder(Path root) throws IOException {
        Files.createDirectories(root.resolve("src"));
        Files.createDirectories(root.resolve("texts"));
        Files.writeString(root.resolve("src/count.py"), "def run(mini_batch):\n    return []\n");
        Files.writeString(root.resolve("texts/a.txt"), "one two");
        return root;
    }

    static ParallelJobBuilder counting(Path folder) {
        return ParallelJob.builder()
                .basePath(folder)
                .inputFolder("texts", "./texts")
                .outputFile("counts", "./out/counts.txt")
                .inputData("texts")
                .task(task -> task.code("./src").entryScript("count.py").appendRowTo("counts"));
    }
}
