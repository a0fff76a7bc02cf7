package dev.windrow.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class CodeRulesTest {

    private static final Set<String> RAW =
            Set.of("java.lang.RuntimeException", "java.lang.Exception", "java.lang.Error");

    private static final Set<String> CLOCKS =
            Set.of(
                    "java.time.Instant.now",
                    "java.time.Clock.systemUTC",
                    "java.time.Clock.systemDefaultZone",
                    "java.time.InstantSource.system",
                    "java.time.LocalDate.now",
                    "java.time.LocalDateTime.now",
                    "java.time.OffsetDateTime.now",
                    "java.time.ZonedDateTime.now",
                    "java.lang.System.currentTimeMillis",
                    "java.lang.System.nanoTime",
                    "java.lang.Math.random",
                    "java.util.concurrent.ThreadLocalRandom.current");

    private static final Set<String> STARTERS =
            Set.of(
                    "java.lang.Thread.<init>",
                    "java.lang.Thread.ofPlatform",
                    "java.lang.Thread.ofVirtual",
                    "java.lang.Thread.startVirtualThread",
                    "java.util.Timer.<init>",
                    "java.util.concurrent.CompletableFuture.runAsync",
                    "java.util.concurrent.CompletableFuture.supplyAsync",
                    "java.util.concurrent.CompletableFuture.delayedExecutor");

    @Test
    void timeComesFromOutside() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.windrow.api",
                        "dev.windrow.cli..",
                        "dev.windrow.local..",
                        "dev.windrow.k8s.job",
                        "dev.windrow.worker.remote",
                        "dev.windrow.worker.pod",
                        "dev.windrow.testing..",
                        "dev.windrow.benchmarks..")
                .and(Classes.notDeviating("TIME"))
                .should()
                .callMethodWhere(calls("a clock or randomness", CLOCKS))
                .check(Classes.main());
    }

    @Test
    void threadsAreAttachedWhereThingsArePutTogether() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.windrow.runtime",
                        "dev.windrow.runtime.job",
                        "dev.windrow.runtime.host",
                        "dev.windrow.runtime.transfer",
                        "dev.windrow.api",
                        "dev.windrow.worker",
                        "dev.windrow.local..",
                        "dev.windrow.k8s.fleet",
                        "dev.windrow.worker.remote",
                        "dev.windrow.worker.transfer",
                        "dev.windrow.cli..",
                        "dev.windrow.testing..",
                        "dev.windrow.benchmarks..")
                .and(Classes.notDeviating("THREADS"))
                .should()
                .callCodeUnitWhere(startsThreads())
                .check(Classes.main());
    }

    @Test
    void nothingSleeps() {
        DescribedPredicate<JavaCall<?>> sleeps =
                calls("Thread.sleep", Set.of("java.lang.Thread.sleep"));
        noClasses().should().callMethodWhere(sleeps).check(Classes.main());
        noClasses().should().callMethodWhere(sleeps).check(Classes.tests());
    }

    @Test
    void errorsHaveANameOfTheirOwn() {
        noClasses().should().callConstructorWhere(rawError()).check(Classes.main());
    }

    @Test
    void onlyProgramsPrint() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.windrow.cli..",
                        "dev.windrow.worker.remote",
                        "dev.windrow.worker.pod",
                        "dev.windrow.testing..",
                        "dev.windrow.benchmarks..")
                .should()
                .accessFieldWhere(printStreams())
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .check(Classes.main());
    }

    private static DescribedPredicate<JavaCall<?>> calls(String what, Set<String> names) {
        return DescribedPredicate.describe("calls " + what, call -> names.contains(name(call)));
    }

    private static DescribedPredicate<JavaCall<?>> startsThreads() {
        return calls("for threads", STARTERS)
                .or(
                        DescribedPredicate.describe(
                                "builds an executor",
                                call ->
                                        call.getTargetOwner().isAssignableTo(Executor.class)
                                                && call.getName().equals("<init>")))
                .or(
                        DescribedPredicate.describe(
                                "asks for an executor",
                                call -> call.getTargetOwner().isEquivalentTo(Executors.class)));
    }

    private static DescribedPredicate<JavaConstructorCall> rawError() {
        return DescribedPredicate.describe(
                "builds a nameless error",
                call -> {
                    JavaClass built = call.getTargetOwner();
                    // A subclass that calls its parent's constructor builds a named one.
                    return RAW.contains(built.getName())
                            && !call.getOriginOwner().isAssignableTo(built.getName());
                });
    }

    private static DescribedPredicate<JavaAccess<?>> printStreams() {
        return DescribedPredicate.describe(
                "uses System.out or System.err",
                access ->
                        access.getTargetOwner().getName().equals("java.lang.System")
                                && Set.of("out", "err").contains(access.getTarget().getName()));
    }

    private static String name(JavaCall<?> call) {
        return call.getTargetOwner().getName() + "." + call.getName();
    }
}
