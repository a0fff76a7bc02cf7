package dev.windrow.model.compute;

import dev.windrow.model.compute.BrokenRule.Kind;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for what is said of pods; where Kubernetes has one it is the same. */
final class PodTermsRules {

    private static final String NAME_RULE =
            "1 to 253 small letters, digits, - or ., neither first nor last a - or .";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final Pattern LABEL_KEY =
            Pattern.compile(
                    "([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
    private static final Pattern LABEL_VALUE =
            Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");
    private static final Pattern LABEL_NAME =
            Pattern.compile("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");
    private static final Set<String> EFFECTS =
            Set.of("NoSchedule", "PreferNoSchedule", "NoExecute");
    private static final int MOST = 50;

    private final List<BrokenRule> broken;

    /**
     * @param broken gets each rule that is
     */
    PodTermsRules(List<BrokenRule> broken) {
        this.broken = broken;
    }

    void check(PodTerms terms) {
        count("tolerations", terms.tolerations().size());
        terms.tolerations().stream().limit(MOST).forEach(this::toleration);
        terms.priorityClass().ifPresent(name -> name("priority_class", name));
        // It is the value of a label, too.
        terms.queue()
                .filter(name -> !LABEL_NAME.matcher(name).matches())
                .ifPresent(name ->
                        add(
                                "queue",
                                name,
                                "1 to 63 small letters, digits, - or ., neither first nor last a - or ."));
        count("image_pull_secrets", terms.pullSecrets().size());
        terms.pullSecrets().stream().limit(MOST).forEach(name -> name("image_pull_secrets", name));
        terms.account().ifPresent(name -> name("service_account", name));
    }

    private void toleration(Toleration one) {
        one.key()
                .filter(key -> !LABEL_KEY.matcher(key).matches())
                .ifPresent(key -> add("tolerations.key", key, "the key of a taint"));
        one.value()
                .filter(value -> !LABEL_VALUE.matcher(value).matches())
                .ifPresent(value -> add("tolerations.value", value, "the value of a taint"));
        one.effect()
                .filter(effect -> !EFFECTS.contains(effect))
                .ifPresent(effect ->
                        add(
                                "tolerations.effect",
                                effect,
                                "NoSchedule, PreferNoSchedule or NoExecute"));
        if (one.key().isEmpty() && one.value().isPresent()) {
            add("tolerations.operator", "Equal", "Exists where there is no key");
        }
    }

    private void name(String path, String name) {
        if (!NAME.matcher(name).matches()) {
            add(path, name, NAME_RULE);
        }
    }

    private void count(String path, int count) {
        if (count > MOST) {
            add(path, count + " entries", "at most " + MOST);
        }
    }

    private void add(String path, String value, String rule) {
        broken.add(new BrokenRule(Kind.INVALID, path, AttachmentParts.shown(value), rule));
    }
}
