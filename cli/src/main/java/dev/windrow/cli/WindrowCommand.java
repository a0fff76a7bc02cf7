package dev.windrow.cli;

import picocli.CommandLine.Command;

/** The command without a verb. */
@Command(
        name = "windrow",
        description = "Runs Azure ML parallel jobs on machines you own.",
        mixinStandardHelpOptions = true,
        subcommands = {RunCommand.class})
final class WindrowCommand {}
