package dev.windrow.cli;

import dev.windrow.cli.Choice.Group;
import dev.windrow.cli.Choice.Single;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Prints a completion script for a shell. */
final class CompletionVerb implements Verb {

    private static final List<String> SHELLS = List.of("bash", "zsh");

    private final PositionalParamSpec asked =
            Args.operand(0, "SHELL", String.class)
                    .description("bash or zsh")
                    .completionCandidates(SHELLS)
                    .build();

    @Override
    public Page describe() {
        return Page.of("Prints a completion script.")
                .operands(asked)
                .examples("source <(windrow completion bash)");
    }

    @Override
    public int run(Shell shell) {
        String name = Args.text(asked).orElseThrow();
        if (!SHELLS.contains(name)) {
            throw new UsageException("shell: %s (expected: bash or zsh)".formatted(name));
        }
        // The script asks by itself which of the two reads it.
        CommandSpec all = spec(Verbs.ALL);
        all.addOption(OptionSpec.builder("-V", "--version").build());
        shell.out(List.of(AutoComplete.bash(Verbs.ALL.name(), new CommandLine(all))));
        return ExitCode.COMPLETED;
    }

    private static CommandSpec spec(Group group) {
        CommandSpec spec = CommandSpec.create().name(group.name()).addOption(Args.help());
        for (Choice choice : group.choices()) {
            spec.addSubcommand(
                    choice.name(),
                    switch (choice) {
                        case Group inner -> spec(inner);
                        case Single verb -> verb.make().get().describe().spec();
                    });
        }
        CommandSpec help =
                CommandSpec.create()
                        .addPositional(
                                Args.operand(0, "VERB", String.class)
                                        .completionCandidates(group.names())
                                        .build());
        return spec.addSubcommand("help", help);
    }
}
