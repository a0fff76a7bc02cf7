package dev.windrow.cli;

import dev.windrow.cli.view.Complaint;
import dev.windrow.cli.view.JsonReport;
import dev.windrow.cli.view.Words;
import dev.windrow.client.WindrowException;
import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.spec.InvalidJobException;
import dev.windrow.spec.Mistake;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Says what went wrong: one line each, or one document, and never a stack trace. */
final class Faults {

    /** Groups whose verbs take {@code -o}; others have {@code --json}. */
    private static final Set<String> OF_SERVERS =
            Set.of("job", "compute", "datastore", "token", "secret", "context");

    private final Shell shell;
    private final boolean json;

    Faults(Shell shell, boolean json) {
        this.shell = shell;
        this.json = json;
    }

    /** Whether the command line asks for documents, whatever else is wrong with it. */
    static boolean inJson(List<String> typed) {
        if (typed.isEmpty() || !OF_SERVERS.contains(typed.getFirst())) {
            return typed.contains("--json");
        }
        int at = Math.max(typed.lastIndexOf("-o"), typed.lastIndexOf("--output"));
        boolean apart = at >= 0 && at + 1 < typed.size() && typed.get(at + 1).equals("json");
        return apart || typed.contains("-o=json") || typed.contains("--output=json");
    }

    /** Reports what a user can understand, keeps the rest in a file, and returns the exit code. */
    int report(Throwable fault) {
        return switch (fault) {
            case InvalidJobException invalid ->
                    report(
                            invalid.mistakes().stream().map(m -> of(invalid, m)).toList(),
                            ExitCode.INVALID);
            case EngineException known when known.code() != ErrorCode.INTERNAL ->
                    report(
                            List.of(complaint(known.code().name(), known)),
                            ExitCode.of(known.code()));
            case WindrowException told ->
                    report(ServerFaults.complaints(told), ServerFaults.exit(told));
            case NoSuchFileException missing ->
                    report(
                            List.of(
                                    Complaint.of(
                                            "FILE_NOT_FOUND",
                                            missing.getFile() + ": no such file")),
                            ExitCode.INVALID);
            case FileSystemException refused ->
                    report(List.of(complaint("FILE_REFUSED", refused)), ExitCode.OTHER);
            case null, default -> unexpected(fault);
        };
    }

    private static Complaint complaint(String code, Throwable fault) {
        return Complaint.of(code, String.valueOf(fault.getMessage()));
    }

    private static Complaint of(InvalidJobException job, Mistake mistake) {
        String where =
                mistake.line() == 0 ? ": " : ":" + mistake.line() + ":" + mistake.column() + ": ";
        return new Complaint(
                mistake.code().name(),
                job.source() + where + mistake.message(),
                mistake.path(),
                mistake.line(),
                mistake.column(),
                mistake.value(),
                mistake.rule());
    }

    int report(List<Complaint> complaints, int exit) {
        if (json) {
            shell.out(List.of(JsonReport.of(complaints)));
        } else {
            shell.err(complaints.stream().map(one -> "windrow: " + one.message()).toList());
        }
        return exit;
    }

    private int unexpected(Throwable fault) {
        boolean ours = fault instanceof EngineException;
        String what = Words.oneLine(ours ? String.valueOf(fault.getMessage()) : fault.toString());
        String where = keep(fault);
        return report(
                List.of(Complaint.of("INTERNAL", "unexpected fault: %s%s".formatted(what, where))),
                ExitCode.OTHER);
    }

    private String keep(Throwable fault) {
        StringWriter trace = new StringWriter();
        fault.printStackTrace(new PrintWriter(trace, true));
        String name =
                "crash-%d-%d.txt".formatted(shell.clock().millis(), ProcessHandle.current().pid());
        try {
            Path folder = Files.createDirectories(shell.home());
            Path file = Files.writeString(folder.resolve(name), trace.toString());
            return "; details in " + file;
        } catch (IOException _) {
            // Nowhere to keep it: better on the terminal than lost.
            return "\n" + trace;
        }
    }
}
