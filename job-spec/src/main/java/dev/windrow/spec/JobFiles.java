package dev.windrow.spec;

/** Checks that the code a job names on this machine is there. */
public final class JobFiles {
    private JobFiles() {}

    /**
     * Checks code and script. Blocks on the disk.
     *
     * @throws InvalidJobException with all that are not there
     */
    public static void checkCode(LoadedJob loaded) {
        ReadContext context = new ReadContext(false);
        context.places().putAll(loaded.places());
        new FileCheck(loaded.job(), loaded.baseFolder(), context).checkCode();
        context.problems().throwIfAny("job");
    }
}
