package dev.windrow.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModuleBordersTest {

    /** Whatever a module may use, it may also use what that one uses. */
    @ParameterizedTest
    @CsvSource({
        "model,    ''",
        "spec,     model",
        "engine,   model",
        "store,    engine|model|spec",
        "disk,     ''",
        "data,     model|disk",
        "protocol, ''",
        "worker,   protocol|data|model|disk",
        "runtime,  engine|store|protocol|spec|model|disk",
        "local,    engine|worker|protocol|data|spec|model|disk|runtime.compute|runtime.gateway|runtime.job|runtime.secret",
        "api,      runtime|engine|store|spec|model|protocol|disk",
        "client,   spec|model",
        "cli,      runtime|client|engine|store|spec|model|disk"
    })
    void modulesUseOnlyWhatTheArchitectureAllows(String module, String uses) {
        String own = "dev.windrow." + module + "..";
        DescribedPredicate<JavaClass> allowed = resideInAnyPackage(own);
        for (String use : uses.split("\\|")) {
            if (!use.isEmpty()) {
                allowed = allowed.or(resideInAnyPackage("dev.windrow." + use + ".."));
            }
        }
        allowed = allowed.or(resideInAnyPackage("dev.windrow.architecture"));
        noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.windrow..").and(not(allowed)))
                .check(Classes.main());
    }

    private static DescribedPredicate<JavaClass> not(DescribedPredicate<JavaClass> predicate) {
        return DescribedPredicate.not(predicate);
    }

    @Test
    void everyPackageBelongsToAModuleWithARule() {
        assertThat(Classes.main())
                .allSatisfy(one ->
                        assertThat(one.getPackageName())
                                .matches(
                                        "dev\\.windrow\\.(architecture|disk|model|spec|engine|store|data|protocol|worker|runtime|local|api|client|cli|testing|benchmarks)(\\..*)?"));
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("dev.windrow.(**)").should().beFreeOfCycles().check(Classes.main());
    }

    @Test
    void sqlStaysInTheJobStore() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.windrow.store..", "dev.windrow.benchmarks..")
                .and(Classes.notDeviating("SQL"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")
                .check(Classes.main());
    }

    @Test
    void optionsStayInTheCommand() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.windrow.cli")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..")
                .check(Classes.main());
    }

    @Test
    void theEngineSpeaksNoFormatAndNoNetwork() {
        noClasses()
                .that()
                .resideInAPackage("dev.windrow.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net..",
                        "java.nio..",
                        "java.io..",
                        "tools.jackson..",
                        "org.snakeyaml..")
                .check(Classes.main());
    }

    /** Machines decide from what they are given and nothing else. */
    @Test
    void machinesArePure() {
        classes()
                .that()
                .resideInAnyPackage(Purity.PACKAGES)
                .should()
                .onlyDependOnClassesThat(Purity.VALUES)
                .check(Classes.main());
    }

    @Test
    void everyPackageSaysThatNothingIsNull() {
        Set<JavaPackage> packages = Classes.packages();
        assertThat(packages)
                .hasSizeGreaterThan(20)
                .allSatisfy(one ->
                        assertThat(one.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                                .as(one.getName())
                                .isTrue());
    }
}
