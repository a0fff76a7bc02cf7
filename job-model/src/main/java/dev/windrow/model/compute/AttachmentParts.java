package dev.windrow.model.compute;

import dev.windrow.model.compute.BrokenRule.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a user gives to attach a cluster, not checked yet.
 *
 * @param resourceId names the cluster
 * @param identityIds empty also when none were given
 * @param pods what is said of pods
 */
public record AttachmentParts(
        Optional<String> resourceId,
        Optional<String> namespace,
        boolean createNamespace,
        Optional<String> identityType,
        List<String> identityIds,
        Pods pods) {

    /** The rule for namespaces in words, to follow "expected:". */
    public static final String NAMESPACE_RULE =
            "1 to 63 small letters, digits or -, neither first nor last a -";

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern IDENTITY = Pattern.compile("[!-~]{1,2048}");
    private static final Pattern TYPE = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");
    private static final Pattern QUANTITY =
            Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,9})?([munkMGTPE]|[KMGTPE]i|e[0-9]{1,2})?");
    private static final Pattern WORD = Pattern.compile("[!-~]{1,253}");
    private static final Pattern VALUE =
            Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");
    private static final int IDENTITIES_MOST = 100;
    private static final int TYPES_MOST = 100;
    private static final int ENTRIES_MOST = 50;

    /**
     * What is said of the pods of jobs.
     *
     * @param serverUrl the server's address as they see it
     * @param instanceTypes the kinds there are of them
     * @param terms on which the cluster takes them
     */
    public record Pods(Optional<String> serverUrl, InstanceTypes instanceTypes, PodTerms terms) {

        /** Nothing. */
        public static final Pods NONE =
                new Pods(Optional.empty(), InstanceTypes.NONE, PodTerms.USUAL);
    }

    public AttachmentParts {
        identityIds = List.copyOf(identityIds);
    }

    /** Gives every rule that is broken. */
    public List<BrokenRule> broken() {
        List<BrokenRule> broken = new ArrayList<>();
        cluster(broken);
        namespace
                .filter(name -> !isNamespace(name))
                .ifPresent(name ->
                        broken.add(
                                new BrokenRule(
                                        Kind.INVALID, "namespace", shown(name), NAMESPACE_RULE)));
        identity(broken);
        pods.serverUrl()
                .filter(url -> !isServer(url))
                .ifPresent(url ->
                        broken.add(
                                new BrokenRule(
                                        Kind.INVALID,
                                        "server_url",
                                        shown(url),
                                        "http or https, a host, neither a user nor ? nor #")));
        types(broken);
        new PodTermsRules(broken).check(pods.terms());
        return broken;
    }

    /** Whether a text may name a namespace. */
    public static boolean isNamespace(String text) {
        return LABEL.matcher(text).matches();
    }

    private static boolean isServer(String text) {
        boolean plain = text.startsWith("http://");
        return ClusterCredentials.address(plain ? "https" + text.substring(4) : text).isPresent();
    }

    private void types(List<BrokenRule> broken) {
        List<InstanceType> presets = pods.instanceTypes().presets();
        if (presets.size() > TYPES_MOST) {
            broken.add(
                    new BrokenRule(
                            Kind.INVALID,
                            "instance_types",
                            presets.size() + " types",
                            "at most " + TYPES_MOST));
            return;
        }
        for (InstanceType type : presets) {
            String path = "instance_types." + shown(type.name());
            if (!TYPE.matcher(type.name()).matches()) {
                broken.add(
                        new BrokenRule(
                                Kind.INVALID,
                                "instance_types",
                                shown(type.name()),
                                "names of 1 to 63 small letters, digits, . or -"));
            }
            entries(broken, path + ".node_selector", type.nodeSelector(), VALUE, "a label's value");
            String rule = "a quantity such as 500m, 4 or 8Gi";
            entries(broken, path + ".resources.requests", type.requests(), QUANTITY, rule);
            entries(broken, path + ".resources.limits", type.limits(), QUANTITY, rule);
        }
    }

    private static void entries(
            List<BrokenRule> broken,
            String path,
            Map<String, String> entries,
            Pattern value,
            String rule) {
        if (entries.size() > ENTRIES_MOST) {
            broken.add(
                    new BrokenRule(
                            Kind.INVALID,
                            path,
                            entries.size() + " entries",
                            "at most " + ENTRIES_MOST));
        }
        entries.forEach((key, text) -> {
            if (!WORD.matcher(key).matches()) {
                broken.add(
                        new BrokenRule(
                                Kind.INVALID, path, shown(key), "keys of visible ASCII signs"));
            } else if (!value.matcher(text).matches()) {
                broken.add(new BrokenRule(Kind.INVALID, path + "." + key, shown(text), rule));
            }
        });
    }

    private void cluster(List<BrokenRule> broken) {
        if (resourceId.isEmpty() || resourceId.get().isEmpty()) {
            broken.add(new BrokenRule(Kind.MISSING, "resource_id", "", ClusterReference.RULE));
        } else if (ClusterReference.parse(resourceId.get()).isEmpty()) {
            broken.add(
                    new BrokenRule(
                            Kind.INVALID,
                            "resource_id",
                            shown(resourceId.get()),
                            ClusterReference.RULE));
        }
    }

    private void identity(List<BrokenRule> broken) {
        String all = shown(String.join(", ", identityIds));
        if (identityType.isEmpty()) {
            if (!identityIds.isEmpty()) {
                broken.add(
                        new BrokenRule(
                                Kind.CONFLICT,
                                "identity_ids",
                                all,
                                "none without identity_type UserAssigned"));
            }
            return;
        }
        String said = identityType.get();
        Optional<ManagedIdentity.Type> type = ManagedIdentity.Type.of(said);
        if (type.isEmpty()) {
            boolean both = said.contains("SystemAssigned") && said.contains("UserAssigned");
            broken.add(
                    new BrokenRule(
                            both ? Kind.CONFLICT : Kind.INVALID,
                            "identity_type",
                            shown(said),
                            both
                                    ? "one of SystemAssigned and UserAssigned, not both"
                                    : "SystemAssigned or UserAssigned"));
            return;
        }
        switch (type.get()) {
            case SYSTEM_ASSIGNED -> {
                if (!identityIds.isEmpty()) {
                    broken.add(
                            new BrokenRule(
                                    Kind.CONFLICT,
                                    "identity_ids",
                                    all,
                                    "none with identity_type SystemAssigned"));
                }
            }
            case USER_ASSIGNED -> ids(broken, all);
        }
    }

    private void ids(List<BrokenRule> broken, String all) {
        if (identityIds.isEmpty()) {
            broken.add(
                    new BrokenRule(
                            Kind.MISSING,
                            "identity_ids",
                            "",
                            "at least one with identity_type UserAssigned"));
        } else if (identityIds.size() > IDENTITIES_MOST
                || !identityIds.stream().allMatch(id -> IDENTITY.matcher(id).matches())) {
            broken.add(
                    new BrokenRule(
                            Kind.INVALID,
                            "identity_ids",
                            all,
                            "at most 100 ids of visible ASCII signs, each of 1 to 2048"));
        }
    }

    static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= 200 ? clean : clean.substring(0, 200) + "…";
    }

    /**
     * Gives the attachment.
     *
     * @throws IllegalArgumentException when a rule is broken; the message names the first
     */
    public Attachment checked() {
        List<BrokenRule> broken = broken();
        if (!broken.isEmpty()) {
            throw new IllegalArgumentException(broken.getFirst().message());
        }
        return new Attachment(
                ClusterReference.parse(resourceId.orElse("")).orElseThrow(),
                namespace.orElse(Attachment.USUAL_NAMESPACE),
                createNamespace,
                identityType
                        .flatMap(ManagedIdentity.Type::of)
                        .map(type -> new ManagedIdentity(type, identityIds)),
                pods.serverUrl()
                        .map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url),
                pods.instanceTypes(),
                pods.terms());
    }
}
