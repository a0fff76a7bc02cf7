package dev.windrow.spec;

import dev.windrow.model.EffectiveSettings;
import java.util.List;

/** The settings a job runs by, and what its author should know about them. */
public record ResolvedSettings(EffectiveSettings settings, List<Notice> notices) {
    /** Copies the list. */
    public ResolvedSettings {
        notices = List.copyOf(notices);
    }
}
