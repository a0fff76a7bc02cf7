package dev.windrow.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.windrow.architecture.Deviates;
import java.util.Set;
import java.util.stream.Collectors;

/** What the build has compiled, read once for all rules. */
final class Classes {

    private static final JavaClasses MAIN =
            new ClassFileImporter().importPaths(Repository.output("classes"));
    private static final JavaClasses TESTS =
            new ClassFileImporter().importPaths(Repository.output("test-classes"));

    private Classes() {}

    static JavaClasses main() {
        return MAIN;
    }

    static JavaClasses tests() {
        return TESTS;
    }

    /** The packages of ours that hold a class. */
    static Set<JavaPackage> packages() {
        return MAIN.stream()
                .filter(one -> one.getPackageName().startsWith("dev.windrow"))
                .map(JavaClass::getPackage)
                .collect(Collectors.toSet());
    }

    /** Classes, with those inside them, that do not say they depart from the rule. */
    static DescribedPredicate<JavaClass> notDeviating(String rule) {
        return DescribedPredicate.describe("do not deviate", one -> !deviates(one, rule));
    }

    private static boolean deviates(JavaClass one, String rule) {
        return one.tryGetAnnotationOfType(Deviates.class.getName())
                        .filter(annotation -> names(annotation, rule))
                        .isPresent()
                || one.getEnclosingClass().filter(outer -> deviates(outer, rule)).isPresent();
    }

    private static boolean names(JavaAnnotation<?> annotation, String rule) {
        return annotation
                .get("rule")
                .filter(value ->
                        value instanceof JavaEnumConstant named && named.name().equals(rule))
                .isPresent();
    }
}
