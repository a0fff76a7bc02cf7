package dev.windrow.runtime.ship;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a job's log tree that belongs to one agent.
 *
 * @param logs the job's log tree
 * @param submittedAt tells the job from a later one in the same place
 */
public record AgentTree(Path logs, Instant submittedAt, int agent) {

    /**
     * True when the agent is, or was, an instance of the job: whoever takes one in makes its folder
     * of logs. So this outlives fleets and servers.
     */
    public boolean isMembers() {
        return Files.isDirectory(node(), LinkOption.NOFOLLOW_LINKS);
    }

    private Path node() {
        return logs.resolve("sys").resolve("node").resolve(Integer.toString(agent));
    }

    /** All folders of the agent's. */
    List<Path> folders() throws IOException {
        String number = Integer.toString(agent);
        List<Path> folders = new ArrayList<>();
        folders.add(node());
        folders.add(logs.resolve("sys").resolve("perf").resolve(number));
        Path user = logs.resolve("user");
        if (Files.isDirectory(user)) {
            try (var kinds = Files.newDirectoryStream(user)) {
                kinds.forEach(kind -> folders.add(kind.resolve(number)));
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        folders.removeIf(folder -> !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS));
        return folders;
    }
}
