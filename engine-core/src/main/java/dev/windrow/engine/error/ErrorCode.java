package dev.windrow.engine.error;

/** Everything that can end a job or refuse a request, with whose fault it is. */
public enum ErrorCode {
    INVALID_JOB_SPEC(Fault.USER),
    JOB_NOT_FOUND(Fault.USER),
    JOB_CONFLICT(Fault.USER),
    JOB_OWNED_ELSEWHERE(Fault.USER),
    JOB_ENDED(Fault.USER),
    TOO_MANY_JOBS(Fault.USER),
    INPUT_UNREADABLE(Fault.USER),
    OUTPUT_UNWRITABLE(Fault.USER),
    SCRIPT_LOAD_FAILED(Fault.USER),
    INIT_FAILED(Fault.USER),
    INIT_TIMEOUT(Fault.USER),
    ITEM_THRESHOLD_EXCEEDED(Fault.USER),
    MINI_BATCH_THRESHOLD_EXCEEDED(Fault.USER),
    PERCENT_THRESHOLD_EXCEEDED(Fault.USER),
    NO_RESULT_TO_APPEND(Fault.USER),
    NO_PROGRESS(Fault.USER),
    FIRST_MINI_BATCH_TIMEOUT(Fault.USER),
    CANCELED(Fault.USER),
    NO_PYTHON(Fault.USER),
    ENVIRONMENT_NOT_MADE(Fault.USER),
    DISK_FULL(Fault.PLATFORM),
    FLEET_LOST(Fault.PLATFORM),
    LEDGER_UNAVAILABLE(Fault.PLATFORM),
    LEDGER_FENCED(Fault.ENGINE),
    DATA_LOST(Fault.PLATFORM),
    INTERNAL(Fault.ENGINE);

    private final Fault fault;

    ErrorCode(Fault fault) {
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
