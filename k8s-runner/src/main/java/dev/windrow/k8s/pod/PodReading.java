package dev.windrow.k8s.pod;

/**
 * What the state of a pod means for its instance, in one plain sentence without a full stop.
 *
 * @param sentence for a user; empty when there is nothing to say
 */
public record PodReading(Stage stage, String sentence) {

    /** How far a pod has come. */
    public enum Stage {
        /** Its containers do not run yet. */
        WAITING,
        /** Its agent runs. */
        RUNNING,
        /** Its machine is not heard of: nobody knows whether it runs, and it needs a successor. */
        AWAY,
        /** It was told to end, and has not yet: it needs no new work, and a successor at once. */
        LEAVING,
        /** Something outside ended it: machine, cluster or somebody's hand. */
        LOST,
        /** It has ended by itself, and would do so again. */
        BROKEN
    }

    private static final int LENGTH_MAX = 400;

    public PodReading {
        sentence = oneLine(sentence);
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s*\\R\\s*", "; ");
        String whole = line.length() <= LENGTH_MAX ? line : line.substring(0, LENGTH_MAX) + "…";
        return whole.endsWith(".") ? whole.substring(0, whole.length() - 1) : whole;
    }

    /** True when nothing more is to come of the pod. */
    public boolean isOver() {
        return stage == Stage.LOST || stage == Stage.BROKEN;
    }

    static PodReading waiting(String sentence) {
        return new PodReading(Stage.WAITING, sentence);
    }

    static PodReading lost(String sentence) {
        return new PodReading(Stage.LOST, sentence);
    }

    static PodReading broken(String sentence) {
        return new PodReading(Stage.BROKEN, sentence);
    }
}
