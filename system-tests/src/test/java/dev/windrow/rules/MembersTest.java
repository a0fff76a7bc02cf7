package dev.windrow.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of members say nothing that is not there, and leave nothing out. */
final class MembersTest {

    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final int COLUMNS = 5;
    private static final int JAVA = 1;
    private static final int REST = 2;
    private static final int CLI = 3;
    private static final int PROOF = 4;

    private static final String PAGE = Repository.text(Path.of("docs/reference/members.md"));
    private static final String CONTRACT =
            Repository.text(Path.of("api-server/src/main/resources/dev/windrow/api/openapi.yaml"));
    private static final String COMMAND = Repository.text(Path.of("docs/reference/cli.md"));

    private static List<String[]> rows() {
        return PAGE.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| member |"))
                .map(line -> line.substring(1, line.length() - 1).split("\\|", -1))
                .toList();
    }

    private static List<String> named(int column) {
        return rows().stream()
                .flatMap(row -> SPAN.matcher(row[column]).results().map(found -> found.group(1)))
                .toList();
    }

    @Test
    void everyRowHasAllItsColumnsAndAProof() {
        assertThat(rows())
                .hasSizeGreaterThan(70)
                .allSatisfy(row -> {
                    assertThat(row).as(String.join("|", row)).hasSize(COLUMNS);
                    assertThat(row[JAVA]).as(row[0]).contains("`");
                    assertThat(row[PROOF]).as(row[0]).contains("`");
                });
    }

    @Test
    void everyJavaMemberIsThere() {
        assertThat(named(JAVA)).filteredOn(Predicate.not(MembersTest::isMember)).isEmpty();
    }

    private static boolean isMember(String name) {
        String[] parts = name.split("#", -1);
        return parts.length == 2
                && find(parts[0])
                        .filter(owner ->
                                owner.getAllMembers().stream()
                                        .filter(one ->
                                                one.getModifiers().contains(JavaModifier.PUBLIC))
                                        .map(JavaMember::getName)
                                        .anyMatch(parts[1]::equals))
                        .isPresent();
    }

    private static Optional<JavaClass> find(String simpleName) {
        return Stream.of("dev.windrow.client.", "dev.windrow.model.")
                .map(place -> place + simpleName)
                .filter(Classes.main()::contain)
                .map(Classes.main()::get)
                .findFirst();
    }

    @Test
    void everyPublicMethodAndStatusIsNamed() {
        Set<String> missing = new TreeSet<>();
        List<String> named = named(JAVA);
        for (String owner :
                List.of("ParallelJob", "KubernetesCompute", "JobStatus", "ProvisioningState")) {
            JavaClass one = find(owner).orElseThrow();
            boolean values = one.isEnum();
            Stream<? extends JavaMember> members =
                    values ? one.getFields().stream() : one.getMethods().stream();
            members.filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
                    .map(JavaMember::getName)
                    .filter(name -> !Set.of("equals", "hashCode", "toString").contains(name))
                    .map(name -> owner + "#" + name)
                    .filter(name -> !named.contains(name))
                    .forEach(missing::add);
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyOperationAndPropertyIsInTheContract() {
        assertThat(named(REST)).filteredOn(Predicate.not(MembersTest::isInContract)).isEmpty();
    }

    private static boolean isInContract(String name) {
        String[] parts = name.split("\\.", -1);
        if (parts.length == 1) {
            return CONTRACT.contains("operationId: " + name + "\n");
        }
        int begin = CONTRACT.indexOf("\n    " + parts[0] + ":\n", CONTRACT.indexOf("\n  schemas:"));
        if (begin < 0) {
            return false;
        }
        List<String> block = new ArrayList<>();
        CONTRACT.substring(begin + 1)
                .lines()
                .skip(1)
                .takeWhile(line -> line.startsWith("     "))
                .forEach(block::add);
        return block.stream().anyMatch(line -> line.strip().startsWith(parts[1] + ":"));
    }

    @Test
    void everyVerbHasItsOptions() {
        assertThat(named(CLI)).filteredOn(Predicate.not(MembersTest::isInCommand)).isEmpty();
    }

    private static boolean isInCommand(String call) {
        List<String> words = List.of(call.split(" "));
        String verb =
                String.join(" ", words.stream().takeWhile(word -> !word.startsWith("-")).toList());
        int begin = COMMAND.indexOf("\n## windrow " + verb + "\n");
        if (begin < 0) {
            return false;
        }
        int end = COMMAND.indexOf("\n## ", begin + 1);
        String section = end < 0 ? COMMAND.substring(begin) : COMMAND.substring(begin, end);
        return words.stream()
                .filter(word -> word.startsWith("-"))
                .allMatch(option ->
                        Pattern.compile("(?m)^ +(\\S+, )*" + Pattern.quote(option) + "[ ,=\n]")
                                .matcher(section)
                                .find());
    }

    @Test
    void everyProofIsATest() {
        assertThat(named(PROOF).stream().distinct())
                .filteredOn(Predicate.not(MembersTest::isTest))
                .isEmpty();
    }

    private static boolean isTest(String name) {
        String[] parts = name.split("#", -1);
        Pattern method =
                Pattern.compile("@(Parameterized)?Test\\b[^;{}]*\\bvoid " + parts[1] + "\\(");
        return parts.length == 2
                && Repository.files("/" + parts[0] + ".java", parts[0] + ".java").stream()
                        .filter(file -> file.toString().contains("/src/test/java/"))
                        .filter(file -> file.endsWith(parts[0] + ".java"))
                        .anyMatch(file -> isAnnotated(Repository.text(file), parts[1], method));
    }

    /** Between a parameterized test's annotation and its method stand its parameters. */
    private static boolean isAnnotated(String text, String name, Pattern method) {
        if (method.matcher(text).find()) {
            return true;
        }
        int at = text.indexOf(" void " + name + "(");
        int annotation = at < 0 ? -1 : text.lastIndexOf("@ParameterizedTest", at);
        return annotation >= 0 && !text.substring(annotation, at).contains("\n    }\n");
    }
}
