package dev.windrow.engine.job;

import java.util.Optional;

/** How a job is going to end, or has ended. */
public sealed interface JobVerdict {

    JobStatus status();

    Optional<JobReason> reason();

    /** Every mini-batch ended and no limit was exceeded. */
    record Success() implements JobVerdict {
        @Override
        public JobStatus status() {
            return JobStatus.COMPLETED;
        }

        @Override
        public Optional<JobReason> reason() {
            return Optional.empty();
        }
    }

    /** Something ended it. */
    record Failure(JobReason why) implements JobVerdict {
        @Override
        public JobStatus status() {
            return JobStatus.FAILED;
        }

        @Override
        public Optional<JobReason> reason() {
            return Optional.of(why);
        }
    }

    /** Somebody asked for it. */
    record Cancel(JobReason why) implements JobVerdict {
        @Override
        public JobStatus status() {
            return JobStatus.CANCELED;
        }

        @Override
        public Optional<JobReason> reason() {
            return Optional.of(why);
        }
    }
}
