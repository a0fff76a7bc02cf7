package dev.windrow.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ForwardingJobStoreTest {

    private static final JobRow ROW = JobRow.submitted("nightly", "", "", Instant.EPOCH);
    private static final LedgerReader READER = new LedgerReader() {};

    private final List<String> calls = new ArrayList<>();

    /** A ledger that writes down what it is asked. */
    private final JobStore other =
            (JobStore)
                    Proxy.newProxyInstance(
                            JobStore.class.getClassLoader(),
                            new Class<?>[] {JobStore.class},
                            (_, method, given) -> {
                                Object[] said = given == null ? new Object[0] : given;
                                calls.add(method.getName() + Arrays.deepToString(said));
                                return switch (method.getName()) {
                                    case "submit" -> ROW;
                                    case "find" -> Optional.of(ROW);
                                    case "list" -> List.of(ROW);
                                    case "takeOver" -> 7L;
                                    case "planChunk" -> new byte[] {1};
                                    default -> List.of();
                                };
                            });

    @Test
    void everythingThatIsNotOverriddenIsAskedOfTheOther() {
        try (ForwardingJobStore store = () -> other) {
            assertThat(store.submit(ROW)).isSameAs(ROW);
            assertThat(store.find("nightly")).contains(ROW);
            assertThat(store.list(3)).containsExactly(ROW);
            assertThat(store.takeOver("nightly")).isEqualTo(7);
            store.reopen("nightly", 7, true, Instant.EPOCH);
            store.append("nightly", 7, List.of());
            assertThat(store.planChunk("nightly", 2)).containsExactly(1);
            store.read("nightly", READER);
            store.readHistory("nightly", READER);
            store.readOne("nightly", 5, READER);
            assertThat(store.results("nightly", 4, 9)).isEmpty();
            store.delete("nightly");
        }
        assertThat(calls)
                .containsExactly(
                        "submit[" + ROW + "]",
                        "find[nightly]",
                        "list[3]",
                        "takeOver[nightly]",
                        "reopen[nightly, 7, true, 1970-01-01T00:00:00Z]",
                        "append[nightly, 7, []]",
                        "planChunk[nightly, 2]",
                        "read[nightly, %s]".formatted(READER),
                        "readHistory[nightly, %s]".formatted(READER),
                        "readOne[nightly, 5, %s]".formatted(READER),
                        "results[nightly, 4, 9]",
                        "delete[nightly]",
                        "close[]");
        assertThat(calls.stream().map(call -> call.substring(0, call.indexOf('['))))
                .containsAll(
                        Stream.of(JobStore.class.getDeclaredMethods())
                                .map(method -> method.getName())
                                .toList());
    }
}
