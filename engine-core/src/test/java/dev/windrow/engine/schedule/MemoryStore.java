package dev.windrow.engine.schedule;

import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry;
import dev.windrow.engine.store.LedgerEntry.LeasedBelow;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** Takes appends and remembers them; whole jobs run against the simulated ledger elsewhere. */
final class MemoryStore {

    private final List<LedgerEntry> entries = new ArrayList<>();

    /** A ledger that can be appended to, and nothing else. */
    JobStore store() {
        return (JobStore)
                Proxy.newProxyInstance(
                        JobStore.class.getClassLoader(),
                        new Class<?>[] {JobStore.class},
                        (_, method, arguments) -> {
                            if (!method.getName().equals("append")) {
                                throw new UnsupportedOperationException(method.getName());
                            }
                            for (Object entry : (List<?>) arguments[2]) {
                                entries.add((LedgerEntry) entry);
                            }
                            return null;
                        });
    }

    /** The durable mark. */
    int mark() {
        return entries.stream()
                .filter(LeasedBelow.class::isInstance)
                .mapToInt(entry -> ((LeasedBelow) entry).index())
                .max()
                .orElse(0);
    }
}
