package dev.windrow.runtime.host;

import dev.windrow.model.Input;
import dev.windrow.model.ParallelJob;
import dev.windrow.runtime.compute.HealthFinding;
import dev.windrow.runtime.compute.StorePlace;
import dev.windrow.runtime.host.HostRefusal.Because;
import dev.windrow.store.register.DatastoreRegister;
import dev.windrow.store.register.RegisteredDatastore;
import dev.windrow.store.register.Trace;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The datastores of one server: folders and volumes that jobs name by {@code
 * azureml://datastores/NAME/paths/}. One without a path of its own is the folder {@code
 * datastores/NAME} below the workspace's home, as any name is that was never put here. A job keeps
 * what its names meant when it was submitted.
 */
public final class DatastoreHost {

    /** What Azure calls the default one of every workspace. */
    public static final String DEFAULT = "workspaceblobstore";

    /** The rule for names, to follow "expected:". */
    public static final String NAME_RULE = "1 to 255 letters, digits, _ or -, the first no -";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,254}");
    private static final Pattern NAMED = Pattern.compile("datastores/([^/]+)");
    private static final int MOST = 1_000;

    private final DatastoreRegister register;
    private final Function<String, Path> homes;
    private final InstantSource clock;
    private final ReentrantLock changing = new ReentrantLock();
    private final Instant began;

    /**
     * @param homes of workspaces
     */
    DatastoreHost(DatastoreRegister register, Function<String, Path> homes, InstantSource clock) {
        this.register = register;
        this.homes = homes;
        this.clock = clock;
        this.began = clock.instant();
    }

    /** Tells whether the text may name a datastore. */
    public static boolean isLegal(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * What a datastore is to be.
     *
     * @param kind {@code local}, {@code pvc} or {@code host_path}
     * @param path of a local one an absolute folder on this machine that is there, or empty for one
     *     below the home; of a {@code pvc} a claim and a folder of its volume, such as {@code
     *     data/images}; of a {@code host_path} an absolute folder of each machine
     */
    public record Wanted(String kind, Optional<String> path, Optional<String> description) {}

    /** What became of a put. */
    public record Put(DatastoreView datastore, boolean made) {}

    /**
     * What a check has found.
     *
     * @param freeBytes empty when nothing tells
     */
    public record Checked(List<HealthFinding> findings, Optional<Long> freeBytes) {

        public Checked {
            findings = List.copyOf(findings);
        }

        /** True when jobs can read and write it. */
        public boolean ok() {
            return findings.stream().allMatch(HealthFinding::ok);
        }
    }

    /**
     * Makes or changes a datastore; the same again changes nothing.
     *
     * @throws HostRefusal DATASTORE_KIND_NOT_BUILT, INVALID_DATASTORE, TOO_MANY_DATASTORES
     */
    public Put put(String workspace, String name, Wanted wanted, String user) {
        Optional<String> path = DatastoreKinds.checked(wanted.kind(), wanted.path());
        changing.lock();
        try {
            Optional<RegisteredDatastore> known = register.find(workspace, name);
            if (known.isEmpty() && register.list(workspace).size() >= MOST) {
                throw new HostRefusal(
                        Because.CONFLICT,
                        "TOO_MANY_DATASTORES",
                        "datastores: %d (expected: at most %d in a workspace)"
                                .formatted(MOST, MOST));
            }
            Trace trace =
                    known.map(one -> one.trace().changed(clock.instant(), user))
                            .orElseGet(() -> Trace.made(clock.instant(), user));
            RegisteredDatastore fresh =
                    new RegisteredDatastore(
                            workspace, name, wanted.kind(), path, wanted.description(), trace);
            boolean same =
                    known.isPresent()
                            && known.get().kind().equals(wanted.kind())
                            && known.get().path().equals(path)
                            && known.get().description().equals(wanted.description());
            if (!same) {
                register.put(fresh);
            }
            return new Put(view(same ? known.get() : fresh), known.isEmpty());
        } finally {
            changing.unlock();
        }
    }

    /**
     * One datastore.
     *
     * @throws HostRefusal DATASTORE_NOT_FOUND
     */
    public DatastoreView find(String workspace, String name) {
        return register.find(workspace, name)
                .or(() -> usual(workspace, name))
                .map(this::view)
                .orElseThrow(() -> notFound(workspace, name));
    }

    private static HostRefusal notFound(String workspace, String name) {
        return new HostRefusal(
                Because.NOT_FOUND,
                "DATASTORE_NOT_FOUND",
                "datastore: %s (expected: a datastore of workspace %s)".formatted(name, workspace));
    }

    private Optional<RegisteredDatastore> usual(String workspace, String name) {
        return name.equals(DEFAULT)
                ? Optional.of(
                        new RegisteredDatastore(
                                workspace,
                                DEFAULT,
                                DatastoreKinds.LOCAL,
                                Optional.empty(),
                                Optional.empty(),
                                Trace.made(began, "windrow")))
                : Optional.empty();
    }

    /** Datastores in the order of their names, the default one among them. */
    public List<DatastoreView> list(String workspace, String after, int max) {
        List<RegisteredDatastore> known = register.list(workspace);
        Stream<RegisteredDatastore> all =
                known.stream().anyMatch(one -> one.name().equals(DEFAULT))
                        ? known.stream()
                        : Stream.concat(known.stream(), usual(workspace, DEFAULT).stream());
        return all.sorted(Comparator.comparing(RegisteredDatastore::name))
                .filter(one -> one.name().compareTo(after) > 0)
                .limit(max)
                .map(this::view)
                .toList();
    }

    private DatastoreView view(RegisteredDatastore one) {
        return new DatastoreView(one, location(one), one.name().equals(DEFAULT));
    }

    private StorePlace location(RegisteredDatastore one) {
        return DatastoreKinds.place(one)
                .orElseGet(() ->
                        new StorePlace.Folder(
                                homes.apply(one.workspace())
                                        .resolve("datastores")
                                        .resolve(one.name())));
    }

    /**
     * Forgets a datastore; its files stay.
     *
     * @throws HostRefusal DATASTORE_NOT_FOUND; DEFAULT_DATASTORE for the default one
     */
    public void delete(String workspace, String name) {
        if (name.equals(DEFAULT)) {
            throw new HostRefusal(
                    Because.CONFLICT,
                    "DEFAULT_DATASTORE",
                    "datastore: %s (expected: another; jobs write here unless they say where)"
                            .formatted(name));
        }
        if (!register.remove(workspace, name)) {
            throw notFound(workspace, name);
        }
    }

    /**
     * Looks whether a datastore can be read and written; makes a file for a moment.
     *
     * @throws HostRefusal DATASTORE_NOT_FOUND
     */
    public Checked check(String workspace, String name) {
        DatastoreView one = find(workspace, name);
        return switch (one.location()) {
            case StorePlace.Folder(Path folder) -> {
                DatastoreCheck.Found found =
                        new DatastoreCheck(folder, one.datastore().path().isEmpty()).look();
                yield new Checked(found.findings(), found.freeBytes());
            }
            case StorePlace.Claim _, StorePlace.MachineFolder _ ->
                    new Checked(
                            List.of(
                                    new HealthFinding(
                                            "volume",
                                            true,
                                            "only pods see it: whether it is there, a job finds out")),
                            Optional.empty());
        };
    }

    /** The datastores that a job names and that are not below the home. */
    Map<String, StorePlace> of(String workspace, ParallelJob job) {
        Map<String, StorePlace> paths = new LinkedHashMap<>();
        Stream<String> inputs =
                job.inputs().values().stream()
                        .filter(Input.Data.class::isInstance)
                        .map(input -> ((Input.Data) input).path());
        Stream<String> outputs =
                job.outputs().values().stream().map(output -> output.path().orElse(""));
        Stream<String> named =
                Stream.concat(inputs, outputs)
                        .map(NAMED::matcher)
                        .filter(Matcher::find)
                        .map(found -> found.group(1));
        Stream.concat(named, Stream.of(DEFAULT))
                .distinct()
                .filter(DatastoreHost::isLegal)
                .forEach(name ->
                        register.find(workspace, name)
                                .flatMap(DatastoreKinds::place)
                                .ifPresent(place -> paths.put(name, place)));
        return paths;
    }
}
