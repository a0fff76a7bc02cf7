package dev.windrow.local;

import dev.windrow.engine.store.JobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Keeps what a kill would leave of a home: a copy of it before each call of a ledger, and so
 * between all that is done to the ledger and to files beside it.
 */
final class Cuts implements UnaryOperator<JobStore> {

    private final Path home;
    private final List<Path> copies = new ArrayList<>();

    Cuts(Path home) {
        this.home = home;
    }

    /** Homes as they were, beside the one they were copied from. */
    List<Path> copies() {
        return List.copyOf(copies);
    }

    @Override
    public JobStore apply(JobStore store) {
        return (JobStore)
                Proxy.newProxyInstance(
                        JobStore.class.getClassLoader(),
                        new Class<?>[] {JobStore.class},
                        (_, method, arguments) -> {
                            cut(method.getName());
                            try {
                                return method.invoke(store, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    void cut(String where) {
        Path copy = home.resolveSibling("cut-%02d-%s".formatted(copies.size(), where));
        copy(home, copy);
        copies.add(copy);
    }

    /** Copies a folder with all it holds. */
    static void copy(Path from, Path to) {
        try (var all = Files.walk(from)) {
            for (Path one : (Iterable<Path>) all::iterator) {
                Path target = to.resolve(from.relativize(one).toString());
                if (Files.isDirectory(one)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(one, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
