package dev.windrow.api.job;

import dev.windrow.api.http.Problem;
import dev.windrow.api.http.Request;
import dev.windrow.model.JobName;
import dev.windrow.store.register.JobKey;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the names in a path. */
public final class Keys {

    private static final Pattern WORKSPACE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}");

    private Keys() {}

    /** The workspace of a path; refused when the caller may not touch it. */
    public static String workspace(Request request) {
        return checked(request, request.path("ws"));
    }

    private static String checked(Request request, String name) {
        if (!WORKSPACE.matcher(name).matches()) {
            throw Problem.invalid(
                    "ws", name, "1 to 63 letters, digits, _ . or -, the first a letter or digit");
        }
        if (request.caller().workspace().filter(only -> !only.equals(name)).isPresent()) {
            throw Problem.of(
                    403,
                    "FORBIDDEN",
                    "workspace: %s (expected: %s, which the token is for)"
                            .formatted(name, request.caller().workspace().get()));
        }
        return name;
    }

    /** Refuses who may not use this compute, or change its jobs. */
    public static void compute(Request request, String compute) {
        Set<String> only = request.caller().computes();
        if (!only.isEmpty() && !only.contains(compute)) {
            throw Problem.of(
                    403,
                    "FORBIDDEN",
                    "compute: %s (expected: %s, which the token is for)"
                            .formatted(
                                    compute, String.join(" or ", only.stream().sorted().toList())));
        }
    }

    static JobKey job(Request request) {
        return job(request, workspace(request));
    }

    /** The job of a path that may leave the workspace out. */
    static JobKey jobOrDefault(Request request) {
        return job(request, checked(request, request.maybePath("ws").orElse("default")));
    }

    /** Where a page is to go on. */
    public static String cursor(String cursor) {
        return Cursor.read(cursor);
    }

    /** A text that stands for where a page has ended. */
    public static String cursorOf(String position) {
        return Cursor.of(position);
    }

    private static JobKey job(Request request, String workspace) {
        String name = request.path("name");
        if (!JobName.isLegal(name)) {
            throw Problem.invalid("name", name, JobName.RULE);
        }
        return new JobKey(workspace, name);
    }
}
