package dev.windrow.spec;

import dev.windrow.spec.YamlNode.Entry;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A key that no field has: carried along with a warning, or a mistake where keys are strict. */
record UnknownKey(ReadContext context, Section section, List<String> path) {
    void report(Entry entry) {
        String dotted = String.join(".", path);
        String rule = "a known key" + hint();
        if (context.strictKeys()) {
            context.problems()
                    .add(
                            MistakeCode.UNKNOWN_KEY,
                            entry.keyPlace(),
                            dotted,
                            entry.value().shown(),
                            rule);
            return;
        }
        context.problems()
                .warn(dotted, entry.keyPlace(), dotted + ": unknown key, has no effect" + hint());
        context.keep(path, entry.value().plain());
    }

    private String hint() {
        String key = path.getLast();
        Set<String> names = FieldTable.of(section).keySet();
        if (section == Section.TASK && key.equals("args")) {
            return "; did you mean program_arguments?";
        }
        String near = NearMiss.hint(key, names);
        return near.isEmpty() ? elsewhere(key) : near;
    }

    private String elsewhere(String key) {
        if (SystemOption.find("--" + key).isPresent()) {
            return "; it is an option in task.program_arguments: --" + key;
        }
        return List.of(Section.JOB, Section.TASK, Section.RETRY_SETTINGS, Section.RESOURCES)
                .stream()
                .filter(other -> other != section && FieldTable.of(other).containsKey(key))
                .findFirst()
                .flatMap(UnknownKey::placeOf)
                .map(place -> "; it belongs " + place)
                .orElse("");
    }

    private static Optional<String> placeOf(Section section) {
        return switch (section) {
            case JOB -> Optional.of("at the root of the job");
            case TASK -> Optional.of("under task");
            case RETRY_SETTINGS -> Optional.of("under retry_settings");
            case RESOURCES -> Optional.of("under resources");
            case ENVIRONMENT, BUILD, IDENTITY, INPUT, OUTPUT -> Optional.empty();
        };
    }
}
