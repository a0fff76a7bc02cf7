package dev.windrow.worker.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A virtual environment that is whole.
 *
 * @param folder absolute
 */
public record MadeEnvironment(Path folder) {

    private static final String SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin";

    /** Its interpreter. */
    public String python() {
        return bin().resolve("python").toString();
    }

    /** Marks it as used now, for whoever removes old ones. */
    public void markUsed() throws IOException {
        markUsed(folder.resolveSibling(".").normalize());
    }

    /** The same for the folder of one that may not be there yet. */
    static void markUsed(Path own) throws IOException {
        Files.writeString(own.resolve("used"), "");
    }

    private Path bin() {
        return folder.resolve("bin");
    }

    /**
     * Variables of a process in which it is active, as its {@code activate} would set them.
     *
     * @param variables of the user's; their PATH comes after that of the environment
     * @param path of the agent; for a user who sets none
     */
    public Map<String, String> active(Map<String, String> variables, String path) {
        Map<String, String> all = new HashMap<>(variables);
        String rest = variables.getOrDefault("PATH", path.isBlank() ? SYSTEM_PATH : path);
        all.put("PATH", bin() + ":" + rest);
        all.put("VIRTUAL_ENV", folder.toString());
        return all;
    }
}
