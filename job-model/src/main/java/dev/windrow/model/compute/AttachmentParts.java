package dev.windrow.model.compute;

import dev.windrow.model.compute.BrokenRule.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a user gives to attach a cluster, not checked yet.
 *
 * @param resourceId names the cluster
 * @param identityIds empty also when none were given
 */
public record AttachmentParts(
        Optional<String> resourceId,
        Optional<String> namespace,
        boolean createNamespace,
        Optional<String> identityType,
        List<String> identityIds) {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern IDENTITY = Pattern.compile("[!-~]{1,2048}");
    private static final int IDENTITIES_MOST = 100;

    public AttachmentParts {
        identityIds = List.copyOf(identityIds);
    }

    /** Gives every rule that is broken. */
    public List<BrokenRule> broken() {
        List<BrokenRule> broken = new ArrayList<>();
        cluster(broken);
        namespace
                .filter(name -> !LABEL.matcher(name).matches())
                .ifPresent(name ->
                        broken.add(
                                new BrokenRule(
                                        Kind.INVALID,
                                        "namespace",
                                        shown(name),
                                        "1 to 63 small letters, digits or -, neither first nor last"
                                                + " a -")));
        identity(broken);
        return broken;
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

    private static String shown(String text) {
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
                        .map(type -> new ManagedIdentity(type, identityIds)));
    }
}
