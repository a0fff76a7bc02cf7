package dev.windrow.runtime.host;

import dev.windrow.store.register.RegisteredJob;

/** Hears what completed jobs may have left where only agents see it. Called by any thread. */
interface SegmentsLeft {

    /** Nobody cares. */
    SegmentsLeft NONE =
            new SegmentsLeft() {
                @Override
                public void completed(RegisteredJob job, boolean nobody) {}

                @Override
                public void removed(RegisteredJob job) {}
            };

    /**
     * A job has completed.
     *
     * @param nobody whether no agent was there any more, so that none tidies up
     */
    void completed(RegisteredJob job, boolean nobody);

    /** An agent has removed all of it; may be said before, and again. */
    void removed(RegisteredJob job);
}
