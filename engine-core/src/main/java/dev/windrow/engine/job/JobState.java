package dev.windrow.engine.job;

/** Where a job stands. Each state carries only what is true in it. */
public sealed interface JobState {

    JobStatus status();

    /** Its row is durable. */
    record Starting() implements JobState {
        @Override
        public JobStatus status() {
            return JobStatus.STARTING;
        }
    }

    /** The objects of its fleet are being made. */
    record Provisioning() implements JobState {
        @Override
        public JobStatus status() {
            return JobStatus.PROVISIONING;
        }
    }

    /** What its script needs around it is being made. */
    record Preparing() implements JobState {
        @Override
        public JobStatus status() {
            return JobStatus.PREPARING;
        }
    }

    /** Its fleet is made, or waits for room; no agent is ready yet. */
    record Queued() implements JobState {
        @Override
        public JobStatus status() {
            return JobStatus.QUEUED;
        }
    }

    /** Agents have work. */
    record Running() implements JobState {
        @Override
        public JobStatus status() {
            return JobStatus.RUNNING;
        }
    }

    /** Agents had work, and none has been heard for too long. */
    record Silent() implements JobState {
        @Override
        public JobStatus status() {
            return JobStatus.NOT_RESPONDING;
        }
    }

    /** The verdict is known; workers are being stopped. */
    record Stopping(JobVerdict verdict) implements JobState {
        @Override
        public JobStatus status() {
            return endingStatus(verdict);
        }
    }

    /** Workers are gone; output is being published, or partial output kept aside. */
    record Publishing(JobVerdict verdict) implements JobState {
        @Override
        public JobStatus status() {
            return endingStatus(verdict);
        }
    }

    /** Nothing can change this any more. */
    record Ended(JobVerdict verdict) implements JobState {
        @Override
        public JobStatus status() {
            return verdict.status();
        }
    }

    private static JobStatus endingStatus(JobVerdict verdict) {
        return verdict instanceof JobVerdict.Cancel
                ? JobStatus.CANCEL_REQUESTED
                : JobStatus.FINALIZING;
    }
}
