package dev.windrow.runtime.secret;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.spec.InvalidJobException;
import dev.windrow.spec.LoadedJob;
import dev.windrow.spec.Mistake;
import dev.windrow.spec.MistakeCode;
import dev.windrow.spec.Place;
import dev.windrow.spec.SecretReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The secrets that jobs of one home may refer to: those of its store, and variables {@code
 * WINDROW_SECRET_NAME} of this process. References stay references until {@link #resolve}.
 */
public final class Secrets {

    /** What the variables begin with that hold secrets; no worker inherits them. */
    public static final String VARIABLE = "WINDROW_SECRET_";

    /**
     * A variable that the harness takes away before it runs any code of the user's. It holds the
     * values that are not to be told, each Base64 and with a blank between.
     */
    public static final String MASKED = "WINDROW_MASKED_VALUES";

    private final SecretStore store;
    private final UnaryOperator<String> variables;

    private Secrets(SecretStore store, UnaryOperator<String> variables) {
        this.store = store;
        this.variables = variables;
    }

    /** Those of a home and of this process. */
    public static Secrets of(Path home) {
        return of(home, name -> System.getenv().getOrDefault(name, ""));
    }

    /**
     * Those of a home.
     *
     * @param variables gives the value of a variable; empty when it is not set
     */
    static Secrets of(Path home, UnaryOperator<String> variables) {
        return new Secrets(SecretStore.of(home), variables);
    }

    /**
     * Checks that a job refers to secrets that are there; blocks on the disk when it refers to any.
     *
     * @throws InvalidJobException with each that is not
     */
    public void check(LoadedJob loaded) {
        List<Mistake> mistakes = new ArrayList<>();
        Map<String, String> all = loaded.job().settings().environmentVariables();
        all.forEach((variable, text) -> {
            String path = "environment_variables." + variable;
            for (String name : SecretReference.names(Set.of(text))) {
                if (!has(name)) {
                    mistakes.add(unknown(loaded, path, name));
                }
            }
        });
        if (!mistakes.isEmpty()) {
            throw new InvalidJobException("job", mistakes);
        }
    }

    private static Mistake unknown(LoadedJob loaded, String path, String name) {
        Place place = loaded.places().getOrDefault(path, Place.NONE);
        String value = "secrets." + name;
        String rule =
                "a secret that windrow secret set has kept, or the variable " + VARIABLE + name;
        return new Mistake(
                MistakeCode.UNKNOWN_SECRET,
                "%s: %s (expected: %s)".formatted(path, value, rule),
                path,
                place.line(),
                place.column(),
                value,
                rule);
    }

    private boolean has(String name) {
        return store.has(name) || !variables.apply(VARIABLE + name).isEmpty();
    }

    private Optional<String> value(String name) {
        return store.value(name)
                .or(() ->
                        Optional.of(variables.apply(VARIABLE + name))
                                .filter(value -> !value.isEmpty()));
    }

    /**
     * Environment variables with values in place of references; for where a worker is started and
     * for nothing that is kept. Blocks on the disk when there are references.
     *
     * @throws EngineException INVALID_JOB_SPEC when a secret is not there any more
     */
    public Map<String, String> resolve(Map<String, String> environment) {
        Set<String> names = SecretReference.names(environment.values());
        if (names.isEmpty()) {
            return environment;
        }
        Map<String, String> values = new TreeMap<>();
        for (String name : names) {
            values.put(name, value(name).orElseThrow(() -> gone(name)));
        }
        Map<String, String> resolved = new TreeMap<>();
        environment.forEach((variable, text) ->
                resolved.put(
                        variable,
                        SecretReference.replaced(text, name -> values.getOrDefault(name, ""))));
        resolved.put(MASKED, MaskedValues.of(values.values()));
        return resolved;
    }

    private static EngineException gone(String name) {
        return new EngineException(
                ErrorCode.INVALID_JOB_SPEC,
                "secret: %s is not there (expected: as it was when the job was submitted)"
                        .formatted(name));
    }
}
