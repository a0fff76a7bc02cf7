package dev.windrow.store;

import dev.windrow.testing.store.LedgerRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that appends groups to a ledger and prints a line for each once it is acknowledged.
 *
 * <p>Arguments: ledger, job, results in a group, groups. It goes on after what is stored.
 */
final class LedgerChild {

    private LedgerChild() {}

    static Process start(Path ledger, String job, int groupSize, int groups) throws IOException {
        Path temporary = Files.createDirectories(ledger.resolveSibling("tmp-" + job));
        List<String> command =
                List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        LedgerChild.class.getName(),
                        ledger.toString(),
                        job,
                        Integer.toString(groupSize),
                        Integer.toString(groups));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    public static void main(String[] arguments) throws IOException {
        String job = arguments[1];
        int size = Integer.parseInt(arguments[2]);
        int groups = Integer.parseInt(arguments[3]);
        try (SqliteJobStore store = SqliteJobStore.open(Path.of(arguments[0]))) {
            long epoch = LedgerRows.started(store, job);
            int next = stored(store, job);
            for (int group = 0; group < groups; group++) {
                store.append(job, epoch, LedgerRows.results(next, next + size));
                next += size;
                System.out.write((next + "\n").getBytes(StandardCharsets.UTF_8));
                System.out.flush();
            }
        }
    }

    private static int stored(SqliteJobStore store, String job) {
        int most = 0;
        while (!store.results(job, most, 1_000).isEmpty()) {
            most += store.results(job, most, 1_000).size();
        }
        return most;
    }
}
