package dev.windrow.spec;

/** Checks that the files a job names on this machine are there. */
public final class JobFiles {
    private JobFiles() {}

    /**
     * Checks code, script and local inputs. Blocks on the disk.
     *
     * @throws InvalidJobException with all that are not there
     */
    public static void check(LoadedJob loaded) {
        ReadContext context = new ReadContext(false);
        context.places().putAll(loaded.places());
        new FileCheck(loaded.job(), loaded.baseFolder(), context).check();
        context.problems().throwIfAny("job");
    }
}
