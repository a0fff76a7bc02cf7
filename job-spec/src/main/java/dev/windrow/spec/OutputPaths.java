package dev.windrow.spec;

import java.util.regex.Matcher;

/** Resolves the expressions in an output's path once the job has a name. */
public final class OutputPaths {
    private OutputPaths() {}

    /**
     * Replaces <code>${{name}}</code> by the job's name and <code>${{output_name}}</code> by the
     * output's; <code>${{default_datastore}}</code> stays, since one machine has no datastores.
     */
    public static String expand(String path, String jobName, String outputName) {
        return Expression.PATTERN
                .matcher(path)
                .replaceAll(found -> {
                    String value =
                            switch (found.group(1).strip()) {
                                case "name" -> jobName;
                                case "output_name" -> outputName;
                                default -> found.group();
                            };
                    return Matcher.quoteReplacement(value);
                });
    }
}
