package dev.windrow.rules;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Makes a page of what {@code windrow --help} prints for the command and each of its verbs. */
final class CommandReference {

    private static final Pattern VERB = Pattern.compile("(?m)^  ([a-z][a-z-]+)\\b");

    private CommandReference() {}

    static String markdown() throws IOException, InterruptedException {
        StringBuilder page = new StringBuilder("# The windrow command\n\n");
        page.append("Made from the command's own help by `./dev docs`.\n");
        sections(page, List.of());
        return page.toString();
    }

    /** The help of a verb; that of a group and of all verbs in it. */
    private static void sections(StringBuilder page, List<String> path)
            throws IOException, InterruptedException {
        String text = help(path);
        section(page, ("windrow " + String.join(" ", path)).strip(), text);
        if (text.contains("VERB --help")) {
            for (String verb : verbs(text)) {
                List<String> longer = new ArrayList<>(path);
                longer.add(verb);
                sections(page, longer);
            }
        }
    }

    private static List<String> verbs(String overview) {
        return VERB.matcher(overview)
                .results()
                .map(found -> found.group(1))
                .filter(verb -> !verb.equals("help"))
                .toList();
    }

    private static void section(StringBuilder page, String title, String text) {
        page.append("\n## ").append(title).append("\n\n```text\n");
        text.lines().forEach(line -> page.append(line.stripTrailing()).append('\n'));
        page.append("```\n");
    }

    private static String help(List<String> path) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("dev.windrow.cli.Main");
        command.addAll(path);
        command.add("--help");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("COLUMNS", "80");
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        if (text.isBlank()) {
            throw new IOException("help of " + path + ": " + text);
        }
        return text;
    }
}
