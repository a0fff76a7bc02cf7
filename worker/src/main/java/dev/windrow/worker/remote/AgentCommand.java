package dev.windrow.worker.remote;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that starts an agent as a process: this very program, with a small JVM. */
public final class AgentCommand {

    /**
     * Further options of the agents' JVMs, one a line, such as {@code -XX:AOTCache=FILE}; the
     * launcher sets it. They may overrule ours.
     */
    public static final String OPTIONS = "windrow.agent.options";

    /**
     * Rows never pass through an agent, so what it holds are names of items: a few chunks of a
     * plan, each around 1 MiB unless one mini-batch is very large. The JVM's own words must not get
     * into the stream that carries the messages.
     */
    private static final List<String> JVM =
            List.of(
                    "-Xms16m",
                    "-Xmx512m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-XX:+DisplayVMOutputToStderr",
                    "-Xlog:disable",
                    "-Xlog:all=warning:stderr",
                    "--enable-native-access=ALL-UNNAMED");

    private AgentCommand() {}

    /** The command of an agent that speaks over its standard streams and ends with them. */
    public static List<String> piped() {
        return arguments(AgentMain.class);
    }

    /** The command of an agent that is told first where its server is, and outlives it. */
    public static List<String> served() {
        return arguments(ServedAgentMain.class);
    }

    /** Program and arguments, with the class path of this process. */
    private static List<String> arguments(Class<?> main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        System.getProperty(OPTIONS, "")
                .lines()
                .filter(option -> !option.isBlank())
                .forEach(command::add);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        return command;
    }
}
