package dev.windrow.cli;

import dev.windrow.cli.view.TokenText;
import dev.windrow.client.MadeToken;
import dev.windrow.client.TokenRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Makes a token for a server. */
final class TokenCreateVerb implements Verb {

    private static final List<String> ROLES = List.of("reader", "submitter", "admin");
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,8})([smhd])");

    private final OptionSpec user = Args.text("NAME", "whom it is for", "--user");
    private final OptionSpec role =
            Args.valued(String.class, "ROLE", "reader, submitter or admin", "--role")
                    .converters(TokenCreateVerb::role)
                    .completionCandidates(ROLES)
                    .build();
    private final OptionSpec only =
            Args.text("NAME", "good for this workspace alone; else for all", "--for-workspace");
    private final OptionSpec computes =
            Args.texts(
                    "NAME",
                    "may submit to and change jobs of this compute alone; repeatable; else all",
                    "--for-compute");
    private final OptionSpec expires =
            Args.valued(
                            Duration.class,
                            "TIME",
                            "worthless after this time, such as 90m, 12h or 30d; else never",
                            "--expires-in")
                    .converters(TokenCreateVerb::span)
                    .build();
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Makes a token and prints it. The server keeps only what it hashes to: it"
                                + " can never be shown again.")
                .options("The token", user, role, only, computes, expires)
                .options("Which server, and what is printed", server.all())
                .note(
                        "A reader reads; a submitter also submits, changes and cancels jobs; an"
                                + " admin may do everything.")
                .examples(
                        "windrow token create --user ada --role submitter --expires-in 30d",
                        "windrow token create --user ci --role submitter --for-workspace nightly"
                                + " -o tsv >token");
    }

    private static String role(String text) {
        if (!ROLES.contains(text)) {
            throw new TypeConversionException("reader, submitter or admin");
        }
        return text;
    }

    private static Duration span(String text) {
        Matcher matcher = SPAN.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("a number and s, m, h or d, such as 12h");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static String given(OptionSpec option, String rule) {
        return Args.text(option)
                .orElseThrow(() ->
                        new UsageException(
                                "%s: missing (expected: %s)"
                                        .formatted(option.longestName(), rule)));
    }

    @Override
    public int run(Shell shell) throws IOException {
        TokenRequest request =
                new TokenRequest(
                        given(user, "whom the token is for"),
                        given(role, "reader, submitter or admin"),
                        Args.text(only),
                        Args.texts(computes),
                        Optional.ofNullable(expires.getValue()));
        MadeToken made = server.workspace(shell).tokens().create(request);
        Map<String, Object> document = new LinkedHashMap<>(TokenText.document(made.about()));
        document.put("token", made.token());
        Printing form = server.form(shell);
        // A row is the token alone, for a file or a variable.
        shell.out(form.one(document, List.of(made.token()), List.of(made.token())));
        if (form.isTable()) {
            shell.err(
                    "token %s of %s; keep it now: it is not shown again"
                            .formatted(made.about().id(), made.about().user()));
        }
        return ExitCode.COMPLETED;
    }
}
