package dev.windrow.runtime.host;

import dev.windrow.runtime.compute.StorePlace;
import dev.windrow.runtime.host.HostRefusal.Because;
import dev.windrow.store.register.RegisteredDatastore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of datastores, and what the path of each may be. */
final class DatastoreKinds {

    static final String LOCAL = "local";
    private static final String CLAIM = "pvc";
    private static final String MACHINE = "host_path";
    private static final String KINDS = "local, pvc or host_path; other kinds are not built yet";
    private static final int PATH_MOST = 4_096;
    private static final int SHOWN = 200;

    /** A name of Kubernetes', and a plain folder behind it or none. */
    private static final Pattern CLAIM_PATH =
            Pattern.compile(
                    "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(/(?!\\.{1,2}(/|$))[^/\\p{Cntrl}]{1,255})*");

    private static final Pattern MACHINE_PATH =
            Pattern.compile("(/(?!\\.{1,2}(/|$))[^/\\p{Cntrl}]{1,255})+");

    private DatastoreKinds() {}

    /**
     * The path as it is kept.
     *
     * @throws HostRefusal DATASTORE_KIND_NOT_BUILT, INVALID_DATASTORE
     */
    static Optional<String> checked(String kind, Optional<String> path) {
        return switch (kind) {
            case LOCAL -> path.map(DatastoreKinds::folder);
            case CLAIM ->
                    Optional.of(
                            matching(
                                    path,
                                    CLAIM_PATH,
                                    "the name of a PersistentVolumeClaim, and /FOLDER of its volume when it is not all of it"));
            case MACHINE ->
                    Optional.of(
                            matching(
                                    path,
                                    MACHINE_PATH,
                                    "an absolute folder that each machine of the cluster has, other than /"));
            default ->
                    throw new HostRefusal(
                            Because.UNUSABLE,
                            "DATASTORE_KIND_NOT_BUILT",
                            "type: %s (expected: %s)".formatted(kind, KINDS));
        };
    }

    private static String folder(String text) {
        try {
            Path path = Path.of(text);
            if (text.length() <= PATH_MOST
                    && path.isAbsolute()
                    && path.normalize().getNameCount() > 0
                    && Files.isDirectory(path)) {
                return path.normalize().toString();
            }
        } catch (InvalidPathException _) {
            // Refused below.
        }
        throw invalid(text, "an absolute folder that is there on the server, other than /");
    }

    private static String matching(Optional<String> path, Pattern pattern, String rule) {
        String text = path.orElse("");
        if (text.length() > PATH_MOST || !pattern.matcher(text).matches()) {
            throw invalid(text, rule);
        }
        return text;
    }

    private static HostRefusal invalid(String text, String rule) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return new HostRefusal(
                Because.INVALID,
                "INVALID_DATASTORE",
                "path: %s (expected: %s)"
                        .formatted(
                                clean.isEmpty()
                                        ? "missing"
                                        : clean.length() <= SHOWN
                                                ? clean
                                                : clean.substring(0, SHOWN) + "…",
                                rule));
    }

    /** Where it is; empty when that is its folder below the home. */
    static Optional<StorePlace> place(RegisteredDatastore one) {
        return one.path()
                .map(path ->
                        switch (one.kind()) {
                            case CLAIM -> claim(path);
                            case MACHINE -> new StorePlace.MachineFolder(path);
                            default -> new StorePlace.Folder(Path.of(path));
                        });
    }

    private static StorePlace claim(String path) {
        int slash = path.indexOf('/');
        return slash < 0
                ? new StorePlace.Claim(path, "")
                : new StorePlace.Claim(path.substring(0, slash), path.substring(slash + 1));
    }
}
