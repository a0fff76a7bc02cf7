package dev.windrow.client;

/** Where a compute stands on its way in or out; a server may learn states unknown here. */
public enum ProvisioningState {
    CREATING("Creating"),
    UPDATING("Updating"),
    DELETING("Deleting"),
    SUCCEEDED("Succeeded"),
    FAILED("Failed"),
    /** A state that this client does not know. */
    UNKNOWN("Unknown");

    private final String text;

    ProvisioningState(String text) {
        this.text = text;
    }

    /** Gives the state of that text, {@link #UNKNOWN} for any other text. */
    public static ProvisioningState of(String text) {
        for (ProvisioningState state : values()) {
            if (state.text.equals(text)) {
                return state;
            }
        }
        return UNKNOWN;
    }

    /** Tells whether an operation goes on that will change it. */
    public boolean passing() {
        return this == CREATING || this == UPDATING || this == DELETING;
    }

    /** Gives Azure's spelling. */
    @Override
    public String toString() {
        return text;
    }
}
