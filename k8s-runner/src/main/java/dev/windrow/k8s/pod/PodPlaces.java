package dev.windrow.k8s.pod;

/** Where things are in a pod of ours. */
public final class PodPlaces {

    /** The agent, as its image has brought it. */
    public static final String AGENT = "/windrow/agent";

    /** The token of the job, in the file {@link #TOKEN}. */
    public static final String TOKENS = "/windrow/token";

    /** Key in the fleet's Secret, and name of the file. */
    public static final String TOKEN = "token";

    /** The agent's own folder: code, logs, and the workers' home. */
    public static final String WORK = "/windrow/work";

    /** Below it a folder for each datastore. */
    public static final String DATASTORES = "/windrow/datastores";

    /** Inputs that the server hands out, a folder for each. */
    public static final String INPUTS = WORK + "/inputs";

    /** Rows of a job that only counts them. */
    public static final String SEGMENTS = WORK + "/segments";

    private PodPlaces() {}

    /** Where pods see a datastore. */
    public static String datastore(String name) {
        return DATASTORES + "/" + name;
    }
}
