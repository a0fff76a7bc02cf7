package dev.windrow.client;

import dev.windrow.model.EnvironmentKind;
import dev.windrow.model.JobName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a job is submitted.
 *
 * @param name instead of the job's own
 * @param set changes to the job, each {@code path=value}
 * @param python interpreter on the compute
 * @param environment what is made of the job's conda file before it runs
 * @param instances instead of the job's own number
 * @param strictKeys whether unknown keys are mistakes
 * @param skipValidation whether nothing is looked at here before the server is asked; it is to be
 *     set when code and inputs are not on this machine
 * @param uploading when code and inputs are sent to the server
 */
public record CreateOptions(
        Optional<String> name,
        List<String> set,
        Optional<String> python,
        Optional<EnvironmentKind> environment,
        OptionalInt instances,
        boolean strictKeys,
        boolean skipValidation,
        Uploading uploading) {
    /** Checks name and number and copies the list. */
    public CreateOptions {
        name.ifPresent(JobName::new);
        set = List.copyOf(set);
        if (instances.isPresent() && instances.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "instances: " + instances.getAsInt() + " (expected: 1 or more)");
        }
    }

    /** Submits the job as it is. */
    public static CreateOptions usual() {
        return new CreateOptions(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                false,
                false,
                Uploading.WHEN_ELSEWHERE);
    }

    /** Submits under this name. */
    public CreateOptions withName(String other) {
        return new CreateOptions(
                Optional.of(other),
                set,
                python,
                environment,
                instances,
                strictKeys,
                skipValidation,
                uploading);
    }

    /** Changes the job also by {@code path=value}. */
    public CreateOptions withSet(String change) {
        List<String> more = new ArrayList<>(set);
        more.add(change);
        return new CreateOptions(
                name, more, python, environment, instances, strictKeys, skipValidation, uploading);
    }

    CreateOptions withSets(List<String> changes) {
        return new CreateOptions(
                name,
                changes,
                python,
                environment,
                instances,
                strictKeys,
                skipValidation,
                uploading);
    }

    /** Runs the script with this interpreter. */
    public CreateOptions withPython(String interpreter) {
        return new CreateOptions(
                name,
                set,
                Optional.of(interpreter),
                environment,
                instances,
                strictKeys,
                skipValidation,
                uploading);
    }

    /** Makes this of the job's conda file before it runs; a job that has one is refused without. */
    public CreateOptions withEnvironment(EnvironmentKind kind) {
        return new CreateOptions(
                name,
                set,
                python,
                Optional.of(kind),
                instances,
                strictKeys,
                skipValidation,
                uploading);
    }

    /** Runs on so many instances. */
    public CreateOptions withInstances(int count) {
        return new CreateOptions(
                name,
                set,
                python,
                environment,
                OptionalInt.of(count),
                strictKeys,
                skipValidation,
                uploading);
    }

    /** Takes unknown keys for mistakes. */
    public CreateOptions withStrictKeys() {
        return new CreateOptions(
                name, set, python, environment, instances, true, skipValidation, uploading);
    }

    /** Looks at nothing here before the server is asked. */
    public CreateOptions withoutValidation() {
        return new CreateOptions(
                name, set, python, environment, instances, strictKeys, true, uploading);
    }

    /** Sends code and inputs to the server, or not. */
    public CreateOptions withUploading(Uploading when) {
        return new CreateOptions(
                name, set, python, environment, instances, strictKeys, skipValidation, when);
    }
}
