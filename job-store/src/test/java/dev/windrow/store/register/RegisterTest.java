package dev.windrow.store.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.job.JobStatus;
import dev.windrow.engine.tally.Counts;
import dev.windrow.store.register.JobFilter.Position;
import dev.windrow.store.register.JobFilter.Tag;
import dev.windrow.store.register.RegisteredJob.JobTexts;
import dev.windrow.store.register.RegisteredJob.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegisterTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Counts COUNTS = new Counts(true, 5, 3, 2, 9, 7, 2, 7, 6, 1);

    @TempDir Path folder;
    private Path file = Path.of("");

    @BeforeEach
    void choose() {
        file = folder.resolve("register.db");
    }

    private static RegisteredJob job(String workspace, String name, int second, String... tags) {
        Map<String, String> labels = tags.length == 0 ? Map.of() : Map.of(tags[0], tags[1]);
        return RegisteredJob.submitted(
                new JobKey(workspace, name),
                new JobTexts(
                        Optional.of("Ü " + name),
                        Optional.empty(),
                        Optional.of("trial"),
                        labels,
                        Map.of("fixed", "1")),
                "local",
                "ann",
                NOON.plusSeconds(second));
    }

    private static JobFilter page(int max) {
        return new JobFilter(Set.of(), List.of(), Optional.empty(), Optional.empty(), max);
    }

    @Test
    void givesBackWhatItWasGivenAlsoAfterItWasClosed() {
        RegisteredJob job = job("default", "a", 0, "colour", "red");
        assertThat(Register.open(file).add(job)).isTrue();
        Register again = Register.open(file);
        assertThat(again.find(job.key())).contains(job);
        assertThat(again.find(new JobKey("other", "a"))).isEmpty();
        assertThat(again.add(job("default", "a", 9))).isFalse();
        assertThat(again.find(job.key())).contains(job);
    }

    @Test
    void keepsTheEndOfAJob() {
        Register register = Register.open(file);
        RegisteredJob job = job("default", "a", 0);
        register.add(job);
        Optional<Reason> why =
                Optional.of(new Reason("CANCELED", "by ann", Optional.of("mini-batch 1: no")));
        Instant end = NOON.plusSeconds(60);
        register.status(
                job.key(),
                JobStatus.CANCELED,
                one ->
                        one.withStatus(
                                JobStatus.CANCELED, why, Optional.of(COUNTS), Optional.of(end)),
                end);
        assertThat(Register.open(file).find(job.key()))
                .contains(
                        job.withStatus(
                                JobStatus.CANCELED, why, Optional.of(COUNTS), Optional.of(end)));
        assertThat(register.unfinished()).isEmpty();
        assertThat(register.events(job.key(), 0, 10))
                .containsExactly(
                        new JobEvent(1, NOON, "status", "Starting"),
                        new JobEvent(2, end, "status", "Canceled"));
    }

    @Test
    void listsTheLatestFirstInPagesWithoutGapOrRepeat() {
        Register register = Register.open(file);
        // Several in one millisecond, so that the name has to decide.
        for (int i = 0; i < 25; i++) {
            register.add(job("default", "job%02d".formatted(i), i / 4));
        }
        register.add(job("other", "alone", 3));
        List<String> seen = new ArrayList<>();
        JobFilter next = page(4);
        List<RegisteredJob> rows = register.list("default", next);
        while (!rows.isEmpty()) {
            rows.forEach(row -> seen.add(row.key().name()));
            RegisteredJob last = rows.getLast();
            rows =
                    register.list(
                            "default",
                            new JobFilter(
                                    Set.of(),
                                    List.of(),
                                    Optional.empty(),
                                    Optional.of(
                                            new Position(last.submittedAt(), last.key().name())),
                                    4));
        }
        assertThat(seen).hasSize(25).doesNotHaveDuplicates().startsWith("job24", "job20", "job21");
    }

    @Test
    void findsByStatusTagAndArchive() {
        Register register = Register.open(file);
        register.add(job("default", "red", 0, "colour", "red"));
        register.add(job("default", "blue", 1, "colour", "blue"));
        register.add(job("default", "plain", 2));
        register.update(new JobKey("default", "plain"), one -> one.withArchived(true, "bob", NOON));
        assertThat(names(register, Set.of(), List.of(), Optional.of(false)))
                .containsExactly("blue", "red");
        assertThat(names(register, Set.of(), List.of(), Optional.of(true)))
                .containsExactly("plain");
        assertThat(names(register, Set.of(JobStatus.STARTING), List.of(), Optional.empty()))
                .hasSize(3);
        assertThat(names(register, Set.of(JobStatus.FAILED), List.of(), Optional.empty()))
                .isEmpty();
        Tag red = new Tag("colour", Optional.of("red"));
        assertThat(names(register, Set.of(), List.of(red), Optional.empty()))
                .containsExactly("red");
        Tag any = new Tag("colour", Optional.empty());
        assertThat(names(register, Set.of(), List.of(any), Optional.empty())).hasSize(2);
    }

    private static List<String> names(
            Register register, Set<JobStatus> statuses, List<Tag> tags, Optional<Boolean> away) {
        return register
                .list("default", new JobFilter(statuses, tags, away, Optional.empty(), 10))
                .stream()
                .map(row -> row.key().name())
                .toList();
    }

    @Test
    void forgetsAJobWithItsEvents() {
        Register register = Register.open(file);
        RegisteredJob job = job("default", "a", 0, "colour", "red");
        register.add(job);
        register.note(job.key(), NOON, "agent_lost", "gone");
        register.remove(job.key());
        register.remove(job.key());
        assertThat(register.find(job.key())).isEmpty();
        assertThat(register.events(job.key(), 0, 10)).isEmpty();
        assertThat(register.add(job)).isTrue();
        assertThat(register.events(job.key(), 0, 10)).hasSize(1);
    }

    @Test
    void needsWhatItsJobsNeedUntilTheyAreRemoved() {
        Register register = Register.open(file);
        RegisteredJob job = job("default", "a", 0);
        register.hold(job.key(), Set.of("x", "y"));
        register.hold(job.key(), Set.of("x"));
        // A submit that was broken off needs nothing.
        assertThat(register.needs("default", "x")).isFalse();
        register.add(job);
        assertThat(register.needs("default", "x")).isTrue();
        assertThat(register.needs("default", "z")).isFalse();
        assertThat(register.needs("other", "x")).isFalse();
        register.remove(job.key());
        assertThat(register.needs("default", "x")).isFalse();
    }

    @Test
    void listsWhatEndedBeforeATimeTheLongestEndedFirst() {
        Register register = Register.open(file);
        for (int i = 0; i < 4; i++) {
            RegisteredJob job = job(i % 2 == 0 ? "default" : "other", "j" + i, i);
            register.add(job);
            if (i > 0) {
                Instant end = NOON.plusSeconds(100 - i);
                register.update(
                        job.key(),
                        one ->
                                one.withStatus(
                                        JobStatus.COMPLETED,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(end)));
            }
        }
        assertThat(register.endedBefore(NOON.plusSeconds(99), 10))
                .containsExactly(new JobKey("other", "j3"), new JobKey("default", "j2"));
        assertThat(register.endedBefore(NOON.plusSeconds(99), 1)).hasSize(1);
    }

    @Test
    void refusesAFileOfANewerVersionAndOneThatIsNoDatabase() throws Exception {
        Register.open(file);
        Jdbi.create("jdbc:sqlite:" + file)
                .useHandle(handle -> handle.execute("pragma user_version = 99"));
        assertThatThrownBy(() -> Register.open(file))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("schema version 99 (expected: ");
        Path other = Files.writeString(folder.resolve("other.db"), "x".repeat(5_000));
        assertThatThrownBy(() -> Register.open(other))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("other.db");
    }
}
