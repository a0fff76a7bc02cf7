package dev.windrow.runtime.host;

import dev.windrow.engine.error.EngineException;
import dev.windrow.runtime.host.HostRefusal.Because;
import dev.windrow.store.register.ComputeKey;
import dev.windrow.store.register.RegisteredCompute;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * One compute on its way to be attached as it was declared. It is tried again, ever more slowly,
 * until it has succeeded; each new reason why not is told once. Whoever detaches it meanwhile has
 * the last word. For one thread.
 */
final class DeclaredCompute {

    static final String USER = "windrow";

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Declared.Compute wanted;
    private final ComputeKey key;
    private final ComputeHost computes;
    private final Consumer<String> told;
    private boolean begun;
    private boolean asked;
    private boolean settled;
    private Duration pause = FIRST;
    private Instant next = Instant.MIN;
    private String reason = "";

    /**
     * @param told hears why it has not succeeded yet
     */
    DeclaredCompute(
            String workspace,
            Declared.Compute wanted,
            ComputeHost computes,
            Consumer<String> told) {
        this.wanted = wanted;
        this.key = new ComputeKey(workspace, wanted.name());
        this.computes = computes;
        this.told = told;
    }

    /** Whether nothing is left to do. */
    boolean settled() {
        return settled;
    }

    /** Does what there is to do at this time. */
    void tick(Instant now) {
        if (settled) {
            return;
        }
        try {
            if (asked) {
                judge(computes.find(key).compute(), now);
            } else if (!now.isBefore(next)) {
                ask(now);
            }
        } catch (HostRefusal | EngineException e) {
            if (begun
                    && e instanceof HostRefusal refusal
                    && refusal.because() == Because.NOT_FOUND) {
                settled = true;
            } else {
                later(String.valueOf(e.getMessage()), now);
            }
        }
    }

    private void ask(Instant now) {
        if (begun) {
            // Not there any more when somebody has detached it.
            computes.find(key);
        }
        RegisteredCompute compute =
                computes.attach(key, wanted.document(), USER).compute().compute();
        begun = true;
        asked = true;
        judge(compute, now);
    }

    private void judge(RegisteredCompute compute, Instant now) {
        switch (compute.state()) {
            case SUCCEEDED -> settled = true;
            case FAILED ->
                    later(
                            compute.error()
                                    .map(fault -> "Failed: " + fault.message())
                                    .orElse("Failed"),
                            now);
            case CREATING, UPDATING, DELETING -> {
                // Its operation goes on.
            }
        }
    }

    private void later(String why, Instant now) {
        if (!why.equals(reason)) {
            told.accept("compute %s: %s".formatted(key.name(), why));
            reason = why;
        }
        asked = false;
        next = now.plus(pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
    }
}
