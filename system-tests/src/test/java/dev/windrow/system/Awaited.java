package dev.windrow.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Something that other processes do sooner or later. */
final class Awaited {

    /** Whoever waits longer than this waits for nothing. */
    static final long LIMIT_SECONDS = 120;

    private static final long LOOK_NANOS = 20_000_000;

    private Awaited() {}

    /**
     * Waits until it is there.
     *
     * @param what for the message when it never is
     */
    static void await(String what, BooleanSupplier there) {
        long begin = System.nanoTime();
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime() - begin)
                    .as(what)
                    .isLessThan(TimeUnit.SECONDS.toNanos(LIMIT_SECONDS));
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
