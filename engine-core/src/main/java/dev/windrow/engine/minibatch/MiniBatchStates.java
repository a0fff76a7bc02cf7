package dev.windrow.engine.minibatch;

/** States so common that one object stands for all of them: a job may have millions. */
public final class MiniBatchStates {

    /** Never tried, free to be leased. */
    public static final MiniBatchState FRESH = new MiniBatchState.Pending(Tries.NONE);

    /** Ended well at the first attempt. */
    public static final MiniBatchState SUCCEEDED_AT_ONCE = new MiniBatchState.Succeeded(Tries.NONE);

    private MiniBatchStates() {}
}
