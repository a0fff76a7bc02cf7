package dev.windrow.model;

/** One setting as it is printed at the start of a run: its value and where that came from. */
public record Setting(String name, String value, Origin origin) {
    /** Where the value of a setting came from. */
    public enum Origin {
        DEFAULT("default"),
        JOB_FILE("job.yml"),
        OPTION("option"),
        COMMAND_LINE("command line");

        private final String printed;

        Origin(String printed) {
            this.printed = printed;
        }

        /** Gives the words a user reads. */
        public String printed() {
            return printed;
        }
    }
}
