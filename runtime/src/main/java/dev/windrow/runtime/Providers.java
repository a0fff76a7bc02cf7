package dev.windrow.runtime;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.runtime.compute.ComputeProvider;
import dev.windrow.runtime.compute.MachineProvider;
import java.util.ServiceLoader;

/** What this program was put together with to run jobs on its own machine. */
final class Providers {

    private static final String LOCAL = "local";

    private Providers() {}

    /**
     * What runs jobs here.
     *
     * @throws EngineException INTERNAL when there is none
     */
    static ComputeProvider local() {
        return ServiceLoader.load(ComputeProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.kind().equals(LOCAL))
                .findFirst()
                .orElseThrow(Providers::missing);
    }

    /** What knows this machine. */
    static MachineProvider machine() {
        if (local() instanceof MachineProvider provider) {
            return provider;
        }
        throw missing();
    }

    private static EngineException missing() {
        return new EngineException(
                ErrorCode.INTERNAL, "compute: local (expected: one that is installed)");
    }
}
