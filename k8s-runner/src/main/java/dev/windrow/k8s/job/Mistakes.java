package dev.windrow.k8s.job;

import dev.windrow.spec.InvalidJobException;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.Mistake;
import dev.windrow.spec.MistakeCode;
import dev.windrow.spec.Place;
import java.util.ArrayList;
import java.util.List;

/** Everything that keeps a job from its cluster, so that it is said at once. */
final class Mistakes {

    private final LoadedJob loaded;
    private final List<Mistake> found = new ArrayList<>();

    Mistakes(LoadedJob loaded) {
        this.loaded = loaded;
    }

    LoadedJob loaded() {
        return loaded;
    }

    /**
     * Notes one.
     *
     * @param field dotted path
     * @param message as a user reads it
     */
    void add(MistakeCode code, String field, String message) {
        Place place = loaded.place(field);
        found.add(new Mistake(code, message, field, place.line(), place.column(), "", ""));
    }

    /** Notes a value that breaks a rule. */
    void refuse(String field, String value, String rule) {
        add(
                MistakeCode.INVALID_VALUE,
                field,
                "%s: %s (expected: %s)".formatted(field, value, rule));
    }

    /**
     * Ends when there is any.
     *
     * @throws InvalidJobException with all of them
     */
    void check() {
        if (!found.isEmpty()) {
            throw new InvalidJobException("job", found);
        }
    }
}
