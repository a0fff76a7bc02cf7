package dev.windrow.local;

import com.sun.management.OperatingSystemMXBean;
import dev.windrow.runtime.compute.HealthFinding;
import dev.windrow.runtime.compute.Machine;
import dev.windrow.worker.process.Devices;
import dev.windrow.worker.process.Interpreter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What this machine offers to jobs. */
final class ThisMachine {

    private static final int ANSWER_SECONDS = 5;
    private static final int ANSWER_MOST = 1_000;
    private static final int OLDEST_MINOR = 8;
    private static final Pattern VERSION = Pattern.compile("Python (\\d{1,4})\\.(\\d{1,4})\\S*");

    private ThisMachine() {}

    /** Looks at it; blocks until the interpreter has told its version, five seconds at most. */
    static Machine look() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getTotalMemorySize(),
                Devices.find().indexes().size(),
                List.of(python(Interpreter.find(Optional.empty()))));
    }

    static HealthFinding python(String command) {
        String told;
        try {
            told = told(command);
        } catch (IOException _) {
            told = "";
        }
        Matcher version = VERSION.matcher(told);
        boolean found = version.find();
        boolean ok = found && isNewEnough(number(version.group(1)), number(version.group(2)));
        String what = found ? version.group() + " at " + command : command + ": no Python";
        return new HealthFinding(
                "python", ok, ok ? what : what + " (expected: Python 3.8 or newer)");
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private static boolean isNewEnough(int major, int minor) {
        return major > 3 || (major == 3 && minor >= OLDEST_MINOR);
    }

    private static String told(String command) throws IOException {
        Process process =
                new ProcessBuilder(command, "--version")
                        .redirectErrorStream(true)
                        .redirectInput(Redirect.from(new java.io.File("/dev/null")))
                        .start();
        try {
            if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                return "";
            }
            return new String(
                    process.getInputStream().readNBytes(ANSWER_MOST), StandardCharsets.UTF_8);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "";
        } finally {
            process.destroyForcibly();
        }
    }
}
