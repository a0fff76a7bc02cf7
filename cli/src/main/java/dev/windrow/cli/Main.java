package dev.windrow.cli;

import picocli.CommandLine;

/** Where the {@code windrow} command begins. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new WindrowCommand()).execute(args));
    }
}
