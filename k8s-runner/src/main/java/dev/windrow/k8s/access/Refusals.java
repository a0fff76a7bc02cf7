package dev.windrow.k8s.access;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** What a cluster means by a refusal, in one sentence for a user. Pure. */
public final class Refusals {

    private static final Pattern QUOTA = Pattern.compile("exceeded quota: (.*)", Pattern.DOTALL);
    private static final Pattern MUST_SAY =
            Pattern.compile(
                    "failed quota: ([^:]+): must specify (.*?)(?: for: .*)?$", Pattern.DOTALL);
    private static final Pattern ACCOUNT =
            Pattern.compile("error looking up service account ([^/]+)/([^:]+): .*not found");
    private static final Pattern LEVEL =
            Pattern.compile("violates PodSecurity \"([^\"]+)\": (.*)", Pattern.DOTALL);
    private static final Pattern HOOK =
            Pattern.compile(
                    "admission webhook \"([^\"]+)\" denied the request: (.*)", Pattern.DOTALL);
    private static final Pattern RIGHT =
            Pattern.compile(
                    "cannot ([a-z]+) resource \"([^\"]+)\"(?:.*in the namespace \"([^\"]+)\")?");
    private static final int LENGTH_MAX = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int INVALID = 422;
    private static final int TOO_MANY = 429;
    private static final int FAULT = 500;

    private Refusals() {}

    /** The sentence. */
    public static String sentence(KubernetesClientException refusal) {
        if (isUnreachable(refusal)) {
            return unreachable(refusal);
        }
        String said = said(refusal);
        return switch (refusal.getCode()) {
            case UNAUTHORIZED -> "the cluster does not know this server's token any more";
            case FORBIDDEN -> forbidden(said);
            case NOT_FOUND -> "the cluster has no such thing: " + said;
            case INVALID -> "the cluster finds the pod wrong: " + said;
            case TOO_MANY -> "the cluster asks for fewer requests";
            default ->
                    refusal.getCode() >= FAULT
                            ? "the cluster has a fault of its own: " + said
                            : "the cluster refuses: " + said;
        };
    }

    /** Whether the cluster could not even be asked; there is no status of HTTP then. */
    public static boolean isUnreachable(KubernetesClientException refusal) {
        return refusal.getCode() <= 0;
    }

    private static String forbidden(String said) {
        Matcher quota = QUOTA.matcher(said);
        if (quota.find()) {
            return "the quota of the namespace is used up: " + quota.group(1);
        }
        Matcher silent = MUST_SAY.matcher(said);
        if (silent.find()) {
            return "quota %s of the namespace wants pods to say their %s (expected: an instance type with these)"
                    .formatted(silent.group(1), silent.group(2));
        }
        Matcher account = ACCOUNT.matcher(said);
        if (account.find()) {
            return "ServiceAccount %s is not there in namespace %s"
                    .formatted(account.group(2), account.group(1));
        }
        Matcher level = LEVEL.matcher(said);
        if (level.find()) {
            return "the namespace takes no such pods (Pod Security %s): %s"
                    .formatted(level.group(1), level.group(2));
        }
        Matcher hook = HOOK.matcher(said);
        if (hook.find()) {
            return "admission webhook %s refuses the pod: %s"
                    .formatted(hook.group(1), hook.group(2));
        }
        Matcher right = RIGHT.matcher(said);
        if (right.find()) {
            String where = right.group(3) == null ? "" : " in namespace " + right.group(3);
            return "this server may not %s %s%s".formatted(right.group(1), right.group(2), where);
        }
        return "the cluster forbids it: " + said;
    }

    /** What could not even be asked. */
    private static String unreachable(KubernetesClientException refusal) {
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            String text = cause.getMessage() == null ? "" : ": " + cause.getMessage();
            switch (cause) {
                case UnknownHostException _ -> {
                    return "the cluster's address is unknown" + text;
                }
                case SSLException _ -> {
                    return "the cluster's certificate is not trusted" + text;
                }
                case HttpTimeoutException _ -> {
                    return "the cluster does not answer in time";
                }
                case ConnectException _ -> {
                    return "the cluster cannot be reached" + text;
                }
                default -> {}
            }
        }
        return "the cluster cannot be reached: " + said(refusal);
    }

    private static String said(KubernetesClientException refusal) {
        Status status = refusal.getStatus();
        String text =
                status != null && status.getMessage() != null
                        ? status.getMessage()
                        : String.valueOf(refusal.getMessage());
        String line = text.strip().replaceAll("\\s*\\R\\s*", "; ");
        return line.length() <= LENGTH_MAX ? line : line.substring(0, LENGTH_MAX) + "…";
    }
}
