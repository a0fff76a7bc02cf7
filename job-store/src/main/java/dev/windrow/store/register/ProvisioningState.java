package dev.windrow.store.register;

/** Where a compute stands on its way in or out, in Azure's words. */
public enum ProvisioningState {
    CREATING("Creating"),
    UPDATING("Updating"),
    DELETING("Deleting"),
    SUCCEEDED("Succeeded"),
    FAILED("Failed");

    private final String text;

    ProvisioningState(String text) {
        this.text = text;
    }

    /** As users see it. */
    public String text() {
        return text;
    }

    /** True while an operation goes on that will change it. */
    public boolean passing() {
        return this == CREATING || this == UPDATING || this == DELETING;
    }

    static ProvisioningState of(String text) {
        for (ProvisioningState state : values()) {
            if (state.text.equals(text)) {
                return state;
            }
        }
        throw new IllegalArgumentException(text);
    }
}
