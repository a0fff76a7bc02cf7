package dev.windrow.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Keeps a secret in a workspace of a server. */
final class SecretSetVerb implements Verb {

    private static final int MOST = 1 << 20;

    private final PositionalParamSpec name =
            Args.operand(0, "NAME", String.class).description("such as API_KEY").build();
    private final OptionSpec file =
            Args.path(
                    "FILE", "holds the value; else it is read from standard input", "--from-file");
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Keeps a secret, in place of the one of its name. On a terminal its value is"
                                + " asked for and not shown. One line end after it is left out.")
                .operands(name)
                .options("Its value", file)
                .options("Which server, and what is printed", server.all())
                .note("There is no option for the value itself: other users see what is typed.")
                .examples(
                        "windrow secret set API_KEY --from-file key.txt",
                        "printf %s \"$KEY\" | windrow secret set API_KEY");
    }

    @Override
    public int run(Shell shell) throws IOException {
        String which = Args.text(name).orElseThrow();
        server.workspace(shell).secrets().set(which, value(which));
        shell.out(server.form(shell).done("set", which));
        return ExitCode.COMPLETED;
    }

    private String value(String which) throws IOException {
        Optional<Path> from = Args.path(file);
        if (from.isPresent()) {
            try (InputStream in = Files.newInputStream(from.get())) {
                return text(in);
            }
        }
        if (Terminal.isTerminal(0)) {
            char[] typed =
                    Objects.requireNonNull(System.console(), "a terminal")
                            .readPassword("value of %s: ", which);
            return typed == null ? "" : new String(typed);
        }
        return text(System.in);
    }

    private static String text(InputStream in) throws IOException {
        String text = new String(in.readNBytes(MOST), StandardCharsets.UTF_8);
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
