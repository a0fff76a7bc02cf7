package dev.windrow.runtime;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.runtime.compute.ComputeProvider;
import dev.windrow.runtime.compute.MachineProvider;
import java.util.Optional;
import java.util.ServiceLoader;

/** The kinds of computes that this program was put together with. */
public final class Providers {

    private static final String LOCAL = "local";

    private Providers() {}

    /** Whether jobs can run on computes of a kind. */
    public static boolean has(String kind) {
        return find(kind).isPresent();
    }

    private static Optional<ComputeProvider> find(String kind) {
        return ServiceLoader.load(ComputeProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.kind().equals(kind))
                .findFirst();
    }

    /**
     * The one of a kind.
     *
     * @throws EngineException INTERNAL when there is none
     */
    static ComputeProvider of(String kind) {
        return find(kind).orElseThrow(() -> missing(kind));
    }

    /** The one of this machine. */
    static MachineProvider machine() {
        if (of(LOCAL) instanceof MachineProvider provider) {
            return provider;
        }
        throw missing(LOCAL);
    }

    private static EngineException missing(String kind) {
        return new EngineException(
                ErrorCode.INTERNAL,
                "compute: %s (expected: one that is installed)".formatted(kind));
    }
}
