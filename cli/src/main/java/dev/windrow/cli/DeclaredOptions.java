package dev.windrow.cli;

import dev.windrow.client.AttachConfiguration;
import dev.windrow.client.ComputeException;
import dev.windrow.model.compute.ComputeName;
import dev.windrow.runtime.host.DatastoreHost;
import dev.windrow.runtime.host.DatastoreHost.Wanted;
import dev.windrow.runtime.host.Declared;
import dev.windrow.spec.compute.AttachDocument;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Computes and datastores that a server is to have, each in a file of its own. A file with mistakes
 * is told and left out, so that one of them does not keep the server from starting.
 */
final class DeclaredOptions {

    private static final String ENDING = ".yml";

    private final OptionSpec computes =
            Args.path(
                    "DIR",
                    "attach what the files DIR/NAME.yml say, as compute attach -f does, now and"
                            + " again until it has succeeded",
                    "--computes");
    private final OptionSpec datastores =
            Args.path(
                    "DIR",
                    "make datastores of the files DIR/NAME.yml, as datastore create -f does",
                    "--datastores");

    List<OptionSpec> all() {
        return List.of(computes, datastores);
    }

    /** What the files say; {@code told} hears of those with mistakes. */
    Declared read(Consumer<String> told) throws IOException {
        List<Declared.Compute> clusters = new ArrayList<>();
        for (Path file : files(computes)) {
            read("compute", file, told, () -> clusters.add(compute(file)));
        }
        List<Declared.Datastore> stores = new ArrayList<>();
        for (Path file : files(datastores)) {
            read("datastore", file, told, () -> stores.add(datastore(file)));
        }
        return new Declared(clusters, stores);
    }

    /** Reads one file. */
    private interface Reading {
        void run() throws IOException;
    }

    private static void read(String kind, Path file, Consumer<String> told, Reading reading)
            throws IOException {
        try {
            reading.run();
        } catch (UsageException | ComputeException e) {
            told.accept("%s %s: left out: %s".formatted(kind, name(file), e.getMessage()));
        }
    }

    private static Declared.Compute compute(Path path) throws IOException {
        AttachFile file = AttachFile.read(path);
        AttachConfiguration read = file.parameters().build();
        String name = checked(file.name(), path, ComputeName::isLegal, ComputeName.RULE);
        return new Declared.Compute(name, AttachDocument.read(read.request()));
    }

    private static Declared.Datastore datastore(Path path) throws IOException {
        DatastoreFile file = DatastoreFile.read(path);
        String name = checked(file.name(), path, DatastoreHost::isLegal, DatastoreHost.NAME_RULE);
        String type = file.type().orElse(DatastoreFile.USUAL);
        return new Declared.Datastore(name, new Wanted(type, file.path(), file.description()));
    }

    private static String checked(
            Optional<String> inFile,
            Path path,
            java.util.function.Predicate<String> legal,
            String rule) {
        String name = name(path);
        if (!legal.test(name)) {
            throw new UsageException("%s: name: %s (expected: %s)".formatted(path, name, rule));
        }
        if (inFile.filter(other -> !other.equals(name)).isPresent()) {
            throw new UsageException(
                    "%s: name: %s (expected: %s, as the file is called)"
                            .formatted(path, inFile.get(), name));
        }
        return name;
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length());
    }

    /** Hidden ones are Kubernetes' own, in a folder that is a ConfigMap. */
    private static List<Path> files(OptionSpec option) throws IOException {
        Optional<Path> folder = Args.path(option);
        if (folder.isEmpty()) {
            return List.of();
        }
        if (!Files.isDirectory(folder.get())) {
            throw new UsageException(
                    "%s: %s (expected: a folder that is there)"
                            .formatted(option.longestName(), folder.get()));
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(folder.get(), "[!.]*" + ENDING)) {
            found.forEach(files::add);
        }
        files.sort(null);
        return files;
    }
}
