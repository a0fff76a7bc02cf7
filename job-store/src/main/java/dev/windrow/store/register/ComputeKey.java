package dev.windrow.store.register;

/** Names one compute of a server. */
public record ComputeKey(String workspace, String name) {

    /** The path-like id that users see. */
    public String id() {
        return "/workspaces/" + workspace + "/computes/" + name;
    }
}
