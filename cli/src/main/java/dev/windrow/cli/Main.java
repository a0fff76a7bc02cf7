package dev.windrow.cli;

/** Where the {@code windrow} command begins. */
public final class Main {

    private Main() {}

    /** Runs the command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        Shell shell = Shell.system();
        int code = new Windrow(shell, Verbs.ALL).run(args);
        shell.flush();
        System.exit(code);
    }
}
