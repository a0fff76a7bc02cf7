package dev.windrow.testing.store;

import static dev.windrow.testing.store.LedgerRows.NOON;
import static dev.windrow.testing.store.LedgerRows.job;
import static dev.windrow.testing.store.LedgerRows.started;
import static dev.windrow.testing.store.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobReason;
import dev.windrow.engine.job.JobReason.FirstCause;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.store.JobRow;
import dev.windrow.engine.store.JobStore;
import dev.windrow.engine.store.LedgerEntry.EventNoted;
import dev.windrow.engine.store.LedgerEntry.LeasedBelow;
import dev.windrow.engine.store.LedgerEntry.PlanCompleted;
import dev.windrow.engine.store.LedgerEntry.StatusChanged;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Jobs: submitting, finding, taking over, changing, deleting. */
interface JobContract extends StoreUnderTest {

    @Test
    default void givesBackASubmittedJobAsItWas() {
        try (JobStore store = open()) {
            JobRow row = job("nightly");
            assertThat(store.submit(row)).isEqualTo(row);
            assertThat(store.find("nightly")).contains(row);
            assertThat(store.find("weekly")).isEmpty();
        }
    }

    @Test
    default void keepsTheFirstJobOfAName() {
        try (JobStore store = open();
                JobStore other = open()) {
            JobRow first = store.submit(job("nightly"));
            JobRow second = JobRow.submitted("nightly", "{}", "sha256:1", NOON.plusSeconds(1));
            assertThat(other.submit(second)).isEqualTo(first);
            assertThat(store.list(10)).containsExactly(first);
        }
    }

    @Test
    default void listsTheLatestJobsFirst() {
        try (JobStore store = open()) {
            for (int i = 0; i < 5; i++) {
                store.submit(JobRow.submitted("job" + i, "{}", "", NOON.plusNanos(i)));
            }
            assertThat(store.list(3))
                    .extracting(JobRow::name)
                    .containsExactly("job4", "job3", "job2");
            assertThat(store.list(0)).isEmpty();
        }
    }

    @Test
    default void keepsNamesWithOddCharactersApart() {
        List<String> names =
                List.of(
                        "a'b", "a\"b", "a%b", "a_b", "A_B", "a b", "a b ", "a\nb", "a;--", "ä",
                        "a\u0308", "😀", "../x", "a\\b", "job", "JOB");
        try (JobStore store = open()) {
            names.forEach(name -> store.submit(job(name)));
            assertThat(names).allSatisfy(name -> assertThat(store.find(name)).contains(job(name)));
            store.delete("a%b");
            assertThat(store.list(100)).hasSize(names.size() - 1);
        }
    }

    @Test
    default void refusesNamesThatNoDatabaseCanHold() {
        try (JobStore store = open()) {
            store.submit(job("a?"));
            assertThat(store.find("a\ud800")).isEmpty();
            assertRefused(ErrorCode.INVALID_JOB_SPEC, () -> store.submit(job("a\ud800")));
            assertRefused(ErrorCode.INVALID_JOB_SPEC, () -> store.submit(job("a\0b")));
            assertRefused(ErrorCode.JOB_NOT_FOUND, () -> store.takeOver("a\ud800"));
            store.delete("a\ud800");
            assertThat(store.list(10)).hasSize(1);
        }
    }

    @Test
    default void refusesCallsAboutAJobThatIsNotThere() {
        try (JobStore store = open()) {
            ErrorCode code = ErrorCode.JOB_NOT_FOUND;
            assertRefused(code, () -> store.takeOver("none"));
            assertRefused(code, () -> store.append("none", 1, List.of()));
            assertRefused(code, () -> store.reopen("none", 1, true, NOON));
            assertRefused(code, () -> store.read("none", new LedgerContents()));
            assertRefused(code, () -> store.results("none", 0, 1));
            assertRefused(code, () -> store.planChunk("none", 0));
            store.delete("none");
        }
    }

    @Test
    default void keepsTheJobsProgress() {
        JobReason reason =
                new JobReason(
                        ErrorCode.ITEM_THRESHOLD_EXCEEDED,
                        "too many \0 \udfff 😀",
                        Optional.of(new FirstCause(0, "ValueError: \ud800", "entry.py:1")));
        try (JobStore store = open()) {
            long epoch = started(store, "nightly");
            store.append("nightly", epoch, List.of(new LeasedBelow(70), new PlanCompleted()));
            store.append("nightly", epoch, List.of(new LeasedBelow(30)));
            store.append(
                    "nightly",
                    epoch,
                    List.of(
                            new StatusChanged(JobStatus.RUNNING, Optional.empty(), NOON),
                            new StatusChanged(
                                    JobStatus.FAILED, Optional.of(reason), NOON.plusNanos(1))));
            JobRow row = store.find("nightly").orElseThrow();
            assertThat(row.leasedBelow()).isEqualTo(70);
            assertThat(row.planComplete()).isTrue();
            assertThat(row.status()).isEqualTo(JobStatus.FAILED);
            assertThat(row.reason()).contains(reason);
            assertThat(row.endedAt()).contains(NOON.plusNanos(1));
            assertThat(row.epoch()).isEqualTo(epoch);
        }
    }

    @Test
    default void keepsACauseThatIsNoMiniBatch() {
        JobReason reason =
                new JobReason(
                        ErrorCode.SCRIPT_LOAD_FAILED,
                        "entry_script",
                        Optional.of(new FirstCause(-1, "SyntaxError", "entry.py:1: def (")));
        try (JobStore store = open()) {
            long epoch = started(store, "nightly");
            StatusChanged failed = new StatusChanged(JobStatus.FAILED, Optional.of(reason), NOON);
            store.append("nightly", epoch, List.of(failed));
            assertThat(store.find("nightly").orElseThrow().reason()).contains(reason);
        }
    }

    @Test
    default void raisesTheEpochByOneEachTime() {
        try (JobStore store = open();
                JobStore other = open()) {
            assertThat(started(store, "nightly")).isEqualTo(1);
            assertThat(other.takeOver("nightly")).isEqualTo(2);
            assertThat(store.takeOver("nightly")).isEqualTo(3);
        }
    }

    @Test
    default void forgetsADeletedJobAndOnlyIt() {
        try (JobStore store = open()) {
            for (String name : List.of("kept", "gone", "kept too")) {
                long epoch = started(store, name);
                store.append(name, epoch, LedgerRows.results(0, 1_000));
                store.append(
                        name,
                        epoch,
                        List.of(
                                LedgerRows.chunk(0, 0, 3),
                                LedgerRows.attempt(1, 1, 1),
                                new EventNoted(NOON, "Lost", name)));
            }
            LedgerContents before = LedgerContents.of(store, "kept too");
            store.delete("gone");
            assertThat(store.find("gone")).isEmpty();
            assertThat(store.list(10)).extracting(JobRow::name).containsExactly("kept too", "kept");
            assertThat(LedgerContents.of(store, "kept too")).isEqualTo(before);
            started(store, "gone");
            assertThat(LedgerContents.of(store, "gone").order()).isEmpty();
        }
    }

    @Test
    default void refusesEveryCallOnceClosed() {
        JobStore store = open();
        started(store, "nightly");
        store.close();
        store.close();
        ErrorCode code = ErrorCode.LEDGER_UNAVAILABLE;
        assertRefused(code, () -> store.append("nightly", 1, List.of()));
        assertRefused(code, () -> store.find("nightly"));
    }
}
