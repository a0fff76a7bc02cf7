package dev.windrow.runtime.compute;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the files of a datastore are. */
public sealed interface StorePlace {

    /**
     * A folder of this machine.
     *
     * @param path absolute
     */
    record Folder(Path path) implements StorePlace {
        @Override
        public String text() {
            return path.toString();
        }
    }

    /**
     * A folder of the volume that a claim in the namespace of a compute stands for.
     *
     * @param claim name of the PersistentVolumeClaim
     * @param folder below the volume's root, without slashes at its ends; empty for the root
     */
    record Claim(String claim, String folder) implements StorePlace {
        @Override
        public String text() {
            return CLAIM + claim + "/" + folder;
        }
    }

    /**
     * A folder that each machine of a cluster has at the same path.
     *
     * @param path absolute
     */
    record MachineFolder(String path) implements StorePlace {
        @Override
        public String text() {
            return MACHINE + path;
        }
    }

    /** Before the name of a claim in a text. */
    String CLAIM = "pvc:";

    /** Before the path of a folder of each machine in a text. */
    String MACHINE = "host_path:";

    /** As a text that {@link #of} reads. */
    String text();

    /** The place that a text stands for. */
    static StorePlace of(String text) {
        Matcher claim = Pattern.compile(CLAIM + "([^/]+)/(.*)").matcher(text);
        if (claim.matches()) {
            return new Claim(claim.group(1), claim.group(2));
        }
        return text.startsWith(MACHINE)
                ? new MachineFolder(text.substring(MACHINE.length()))
                : new Folder(Path.of(text));
    }
}
