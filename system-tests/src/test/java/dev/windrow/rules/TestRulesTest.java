package dev.windrow.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import org.junit.jupiter.api.Test;

final class TestRulesTest {

    private static final String NAMES = ".*(Test|IT|E2E)";

    @Test
    void testsAreFinalAndPackagePrivate() {
        classes()
                .that()
                .haveNameMatching(NAMES)
                .should()
                .notBePublic()
                .andShould()
                .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                .check(Classes.tests());
    }

    @Test
    void noTestIsSwitchedOff() {
        String off = "org.junit.jupiter.api.Disabled";
        noClasses().should().beAnnotatedWith(off).check(Classes.tests());
        noMethods().should().beAnnotatedWith(off).check(Classes.tests());
    }

    @Test
    void testsUseNoMocks() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.mockito..", "org.easymock..", "org.powermock..")
                .check(Classes.tests());
    }
}
