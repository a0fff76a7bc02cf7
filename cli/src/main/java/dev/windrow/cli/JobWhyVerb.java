package dev.windrow.cli;

import dev.windrow.client.JobListener.NoteEvent;
import dev.windrow.client.Why;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what a server's job waits for, or why it ended as it did. */
final class JobWhyVerb implements Verb {

    private final ServerJob job = ServerJob.only();
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of("Says what a job is waiting for, or why it ended as it did.")
                .operands(job.operands())
                .options("Which job", job.and())
                .options("Which server, and what is printed", server.all())
                .examples("windrow job why nightly");
    }

    @Override
    public int run(Shell shell) throws IOException {
        Why why = server.jobs(shell).why(job.name());
        List<String> lines = new ArrayList<>();
        lines.add(why.status() + ": " + why.answer());
        why.notes()
                .forEach(note -> lines.add("  " + Moments.local(note.at()) + "  " + note.text()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("status", why.status().toString());
        document.put("answer", why.answer());
        document.put("notes", why.notes().stream().map(JobWhyVerb::note).toList());
        shell.out(
                server.form(shell)
                        .one(document, lines, List.of(why.status().toString(), why.answer())));
        return ExitCode.COMPLETED;
    }

    private static Map<String, Object> note(NoteEvent note) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kind", note.kind());
        map.put("text", note.text());
        map.put("at", note.at().toString());
        return map;
    }
}
