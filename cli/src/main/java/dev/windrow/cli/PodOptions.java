package dev.windrow.cli;

import dev.windrow.client.AttachConfiguration;
import dev.windrow.model.compute.PodTerms;
import dev.windrow.model.compute.Toleration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;

/** On which terms a cluster takes the pods of jobs; each option wins over the file. */
final class PodOptions {

    private static final Pattern TAINT =
            Pattern.compile("(?<key>[^=:]+)(=(?<value>[^=:]*))?(:(?<effect>[^=:]+))?");

    private final OptionSpec tolerations =
            Args.texts(
                    "KEY[=VALUE][:EFFECT]",
                    "a taint of machines that does not keep pods away; repeatable",
                    "--toleration");
    private final OptionSpec priorityClass =
            Args.text("NAME", "PriorityClass of the pods", "--priority-class");
    private final OptionSpec queue =
            Args.text("NAME", "LocalQueue of Kueue that admits the pods of a job", "--queue");
    private final OptionSpec pullSecrets =
            Args.texts(
                    "NAME",
                    "Secret of the namespace with which images are pulled; repeatable",
                    "--image-pull-secret");
    private final OptionSpec account =
            Args.text(
                    "NAME",
                    "ServiceAccount of the pods (default: windrow-job)",
                    "--service-account");

    OptionSpec[] all() {
        return new OptionSpec[] {tolerations, priorityClass, queue, pullSecrets, account};
    }

    /**
     * Adds what was given.
     *
     * @param parameters of the file, if there is one
     */
    void addTo(AttachConfiguration.Builder parameters) {
        PodTerms file = parameters.pods();
        List<Toleration> given =
                Args.texts(tolerations).stream().map(PodOptions::toleration).toList();
        List<String> secrets = Args.texts(pullSecrets);
        parameters.pods(
                new PodTerms(
                        given.isEmpty() ? file.tolerations() : given,
                        Args.text(priorityClass).or(file::priorityClass),
                        Args.text(queue).or(file::queue),
                        secrets.isEmpty() ? file.pullSecrets() : secrets,
                        Args.text(account).or(file::account)));
    }

    private static Toleration toleration(String text) {
        Matcher taint = TAINT.matcher(text);
        if (!taint.matches()) {
            throw new UsageException(
                    "--toleration: %s (expected: KEY, KEY=VALUE, KEY:EFFECT or KEY=VALUE:EFFECT)"
                            .formatted(text));
        }
        return new Toleration(
                Optional.of(taint.group("key")),
                Optional.ofNullable(taint.group("value")),
                Optional.ofNullable(taint.group("effect")));
    }
}
