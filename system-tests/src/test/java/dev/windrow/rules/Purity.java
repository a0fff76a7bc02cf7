package dev.windrow.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/** Which packages decide without a look at the world, and what they may know. */
final class Purity {

    static final String[] PACKAGES = {
        "dev.windrow.engine.job..", "dev.windrow.engine.minibatch..", "dev.windrow.engine.tally.."
    };

    static final DescribedPredicate<JavaClass> VALUES =
            DescribedPredicate.describe("are values", Purity::value);

    private static final Set<String> KNOWN =
            Set.of(
                    "java.lang",
                    "java.lang.annotation",
                    "java.lang.invoke",
                    "java.lang.runtime",
                    "java.math",
                    "java.time",
                    "java.time.temporal",
                    "java.util",
                    "java.util.function",
                    "java.util.regex",
                    "java.util.stream",
                    "org.jspecify.annotations");

    private static final Set<String> WORLD =
            Set.of(
                    "java.lang.Process",
                    "java.lang.ProcessBuilder",
                    "java.lang.Runtime",
                    "java.lang.System",
                    "java.lang.Thread",
                    "java.lang.ThreadLocal",
                    "java.time.Clock",
                    "java.time.InstantSource",
                    "java.util.Random",
                    "java.util.Timer");

    private Purity() {}

    private static boolean value(JavaClass type) {
        JavaClass base = type.getBaseComponentType();
        String name = base.getPackageName();
        return base.isPrimitive()
                || name.startsWith("dev.windrow.model")
                || name.equals("dev.windrow.architecture")
                || name.startsWith("dev.windrow.engine.error")
                || name.startsWith("dev.windrow.engine.job")
                || name.startsWith("dev.windrow.engine.minibatch")
                || name.startsWith("dev.windrow.engine.tally")
                || (KNOWN.contains(name) && !WORLD.contains(base.getName()));
    }
}
