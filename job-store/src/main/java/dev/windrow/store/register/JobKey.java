package dev.windrow.store.register;

/** Names one job of a server. */
public record JobKey(String workspace, String name) {

    /** The path-like id that users see. */
    public String id() {
        return "/workspaces/" + workspace + "/jobs/" + name;
    }
}
