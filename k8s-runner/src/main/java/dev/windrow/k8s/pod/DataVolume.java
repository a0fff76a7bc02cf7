package dev.windrow.k8s.pod;

/** Data that every pod of a fleet sees at the same path. */
public sealed interface DataVolume {

    /** Tells it from the others; fit for the name of a volume. */
    String name();

    /** Where pods see it; absolute. */
    String path();

    /**
     * A volume that a claim of the namespace stands for.
     *
     * @param claim its name
     */
    record Claim(String name, String path, String claim) implements DataVolume {}

    /**
     * A folder of each machine; only of use where all machines have the same one.
     *
     * @param folder absolute, on the machine
     */
    record HostFolder(String name, String path, String folder) implements DataVolume {}
}
