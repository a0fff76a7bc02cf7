package dev.windrow.runtime.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.runtime.content.ContentException.Kind;
import dev.windrow.spec.content.ContentRef;
import dev.windrow.spec.content.Digests;
import dev.windrow.spec.content.ManifestEntry;
import dev.windrow.spec.content.ManifestWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContentStoreTest {

    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir Path home;
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2031-02-03T04:05:06Z"));

    private ContentStore store() {
        return store(new ContentLimits(1 << 24, 1 << 25, 100, 1 << 26, 0));
    }

    private ContentStore store(ContentLimits limits) {
        return new ContentStore(home.resolve("content"), limits, now::get);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha(byte[] bytes) {
        return HexFormat.of().formatHex(Digests.sha256().digest(bytes));
    }

    private static String put(ContentStore store, byte[] all) {
        String digest = sha(all);
        int at = 0;
        do {
            int length = Math.min(Part.LENGTH_MOST, all.length - at);
            InputStream body = new ByteArrayInputStream(all, at, length);
            store.receive(digest, "ada", new Part(at, length, all.length), body);
            at += length;
        } while (at < all.length);
        return digest;
    }

    private static ManifestEntry entry(String path, byte[] bytes, boolean executable) {
        return new ManifestEntry(path, bytes.length, executable, sha(bytes));
    }

    private String manifest(ContentStore store, ManifestEntry... entries) throws IOException {
        Path file = Files.createTempFile(home, "manifest", "");
        String digest = ManifestWriter.write(List.of(entries), file);
        put(store, Files.readAllBytes(file));
        return digest;
    }

    private static Kind refusal(Callable<?> work) throws Exception {
        try {
            work.call();
            throw new AssertionError("not refused");
        } catch (ContentException e) {
            assertThat(e.getMessage()).contains("(expected: ");
            return e.kind();
        }
    }

    private long files(String kind) throws IOException {
        Path folder = home.resolve("content").resolve(kind);
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void aFileArrivesInPartsAndGoesOnWhereItWasBrokenOffEvenByARestart() {
        byte[] all = new byte[20 << 20 >> 1];
        new Random(1).nextBytes(all);
        String digest = sha(all);
        Part first = new Part(0, 3 << 20, all.length);
        store().receive(digest, "ada", first, new ByteArrayInputStream(all));
        ContentStore again = store();
        assertThat(again.received(digest, "ada")).isEqualTo(new Received(3 << 20, false));
        Part overlap = new Part(1 << 20, 8 << 20, all.length);
        again.receive(digest, "ada", overlap, new ByteArrayInputStream(all, 1 << 20, 8 << 20));
        assertThat(again.received(digest, "ada").bytes()).isEqualTo(9 << 20);
        int at = 9 << 20;
        Part last = new Part(at, all.length - at, all.length);
        assertThat(
                        again.receive(
                                digest,
                                "ada",
                                last,
                                new ByteArrayInputStream(all, at, all.length - at)))
                .isEqualTo(new Received(all.length, true));
        assertThat(again.received(digest, "bob")).isEqualTo(new Received(all.length, true));
    }

    @Test
    void aPartThatLeavesAGapIsRefusedAndOneThatIsCutOffStays() throws Exception {
        ContentStore store = store();
        byte[] all = bytes("0123456789");
        String digest = sha(all);
        assertThat(
                        refusal(() ->
                                store.receive(
                                        digest,
                                        "ada",
                                        new Part(5, 5, 10),
                                        new ByteArrayInputStream(all, 5, 5))))
                .isEqualTo(Kind.OFFSET_WRONG);
        assertThat(
                        refusal(() ->
                                store.receive(
                                        digest,
                                        "ada",
                                        new Part(0, 10, 10),
                                        new ByteArrayInputStream(all, 0, 4))))
                .isEqualTo(Kind.CONTENT_INVALID);
        assertThat(store.received(digest, "ada")).isEqualTo(new Received(4, false));
        assertThat(
                        store.receive(
                                        digest,
                                        "ada",
                                        new Part(4, 6, 10),
                                        new ByteArrayInputStream(all, 4, 6))
                                .complete())
                .isTrue();
    }

    @Test
    void bytesThatAreNotWhatTheirDigestSaysAreThrownAway() throws Exception {
        ContentStore store = store();
        String digest = sha(bytes("right"));
        for (int i = 0; i < 3; i++) {
            assertThat(
                            refusal(() ->
                                    store.receive(
                                            digest,
                                            "eve",
                                            new Part(0, 5, 5),
                                            new ByteArrayInputStream(bytes("wrong")))))
                    .isEqualTo(Kind.CONTENT_INVALID);
            assertThat(store.received(digest, "eve")).isEqualTo(new Received(0, false));
        }
        assertThat(files("")).isZero();
        put(store, bytes("right"));
        assertThat(store.received(digest, "eve").complete()).isTrue();
    }

    @Test
    void whatOneUserSendsWronglyDoesNotSpoilWhatAnotherSends() {
        ContentStore store = store();
        byte[] all = bytes("0123456789");
        String digest = sha(all);
        store.receive(digest, "eve", new Part(0, 5, 10), new ByteArrayInputStream(bytes("xxxxx")));
        store.receive(digest, "ada", new Part(0, 5, 10), new ByteArrayInputStream(all));
        assertThat(
                        store.receive(
                                        digest,
                                        "ada",
                                        new Part(5, 5, 10),
                                        new ByteArrayInputStream(all, 5, 5))
                                .complete())
                .isTrue();
    }

    @Test
    void manyWhoSendTheSameFileAtOnceLeaveOneThatIsWhole() throws Exception {
        ContentStore store = store();
        byte[] all = new byte[1 << 20];
        new Random(2).nextBytes(all);
        String digest = sha(all);
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> senders = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                String user = "user" + i % 4;
                senders.add(() -> {
                    try {
                        Part part = new Part(0, all.length, all.length);
                        return store.receive(digest, user, part, new ByteArrayInputStream(all))
                                .complete();
                    } catch (ContentException e) {
                        return e.kind() == Kind.UPLOAD_BUSY;
                    }
                });
            }
            for (var done : threads.invokeAll(senders)) {
                assertThat(done.get()).isTrue();
            }
        }
        assertThat(files("blobs")).isEqualTo(1);
        assertThat(files("partial")).isZero();
    }

    @Test
    void aFolderIsThereOnceAllItsFilesAreAndEqualFilesAreKeptOnce() throws Exception {
        ContentStore store = store();
        byte[] one = bytes("one");
        String digest =
                manifest(
                        store,
                        entry("a.txt", one, false),
                        entry("sub/again.txt", one, false),
                        entry("sub/run.sh", one, true),
                        entry("empty", bytes(""), false));
        assertThat(refusal(() -> store.complete(digest))).isEqualTo(Kind.CONTENT_INCOMPLETE);
        assertThat(refusal(() -> store.open(new ContentRef(digest, ""))))
                .isEqualTo(Kind.CONTENT_NOT_FOUND);
        assertThat(store.missing(digest, "", 10).digests())
                .containsExactlyInAnyOrder(sha(one), sha(bytes("")));
        Missing page = store.missing(digest, "", 1);
        assertThat(page.digests()).hasSize(1);
        assertThat(page.next()).isNotEmpty();
        put(store, one);
        put(store, bytes(""));
        assertThat(store.missing(digest, "", 10)).isEqualTo(new Missing(List.of(), ""));
        assertThat(store.complete(digest)).isTrue();
        assertThat(store.complete(digest)).isFalse();
        Path folder = store.open(new ContentRef(digest, ""));
        assertThat(folder.resolve("a.txt")).hasContent("one");
        assertThat(folder.resolve("sub/again.txt")).hasContent("one");
        assertThat(folder.resolve("empty")).isEmptyFile();
        assertThat(Files.isExecutable(folder.resolve("sub/run.sh"))).isTrue();
        assertThat(Files.getPosixFilePermissions(folder.resolve("a.txt"))).hasSize(3);
        assertThat(Files.getAttribute(folder.resolve("a.txt"), "unix:ino"))
                .isEqualTo(Files.getAttribute(folder.resolve("sub/again.txt"), "unix:ino"));
        assertThat(store.open(new ContentRef(digest, "sub/run.sh"))).hasContent("one");
        assertThat(refusal(() -> store.open(new ContentRef(digest, "sub/none"))))
                .isEqualTo(Kind.CONTENT_NOT_FOUND);
    }

    @Test
    void aManifestThatLiesOrIsNoneIsRefused() throws Exception {
        ContentStore store = store();
        put(store, bytes("abc"));
        String lie = manifest(store, new ManifestEntry("a", 1_000_000, false, sha(bytes("abc"))));
        assertThat(refusal(() -> store.complete(lie))).isEqualTo(Kind.CONTENT_INVALID);
        String text =
                "windrow-folder 1\n" + sha(bytes("abc")) + " 3 - ../../../../home/ada/.profile\n";
        String climb = put(store, bytes(text));
        assertThat(refusal(() -> store.complete(climb))).isEqualTo(Kind.CONTENT_INVALID);
        String zip = put(store, bytes("PK\u0003\u0004"));
        assertThat(refusal(() -> store.complete(zip))).isEqualTo(Kind.CONTENT_INVALID);
        assertThat(refusal(() -> store.complete(sha(bytes("nobody")))))
                .isEqualTo(Kind.CONTENT_NOT_FOUND);
    }

    @Test
    void limitsHoldForFilesFoldersAndTheWhole() throws Exception {
        ContentStore store = store(new ContentLimits(10_000, 20_000, 3, 40_000, 0));
        assertThat(
                        refusal(() ->
                                store.receive(
                                        sha(bytes("x")),
                                        "ada",
                                        new Part(0, 1, 10_001),
                                        InputStream.nullInputStream())))
                .isEqualTo(Kind.CONTENT_TOO_LARGE);
        byte[] nine = new byte[9_000];
        put(store, nine);
        // Small on disk, large as a folder: what an archive bomb would be.
        String bomb =
                manifest(
                        store,
                        entry("a", nine, false),
                        entry("b", nine, false),
                        entry("c", nine, false));
        assertThat(refusal(() -> store.complete(bomb))).isEqualTo(Kind.CONTENT_TOO_LARGE);
        String many =
                manifest(
                        store,
                        entry("a", bytes(""), false),
                        entry("b", bytes(""), false),
                        entry("c", bytes(""), false),
                        entry("d", bytes(""), false));
        assertThat(refusal(() -> store.missing(many, "", 9))).isEqualTo(Kind.CONTENT_TOO_LARGE);
        byte[] other = new byte[9_001];
        put(store, other);
        byte[] third = new byte[9_002];
        assertThat(refusal(() -> put(store, third))).isEqualTo(Kind.CONTENT_TOO_LARGE);
        ContentStore full = store(new ContentLimits(10_000, 20_000, 3, 40_000, 1L << 60));
        assertThat(refusal(() -> put(full, bytes("x")))).isEqualTo(Kind.CONTENT_TOO_LARGE);
    }

    @Test
    void digestsThatArePathsAreRefused() {
        for (String digest : List.of("../../../x", "", "A".repeat(64), "a".repeat(63) + "/")) {
            assertThatThrownBy(() -> store().received(digest, "ada"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private long swept(ContentStore store, Set<String> needed) throws IOException {
        ContentSweep sweep = store.sweep(WEEK, needed::contains);
        int steps = 0;
        while (sweep.step()) {
            steps++;
        }
        assertThat(steps).isPositive();
        return sweep.removed();
    }

    @Test
    void whatNothingNeedsGoesAfterAWhileAndWhatAJobNeedsStays() throws Exception {
        ContentStore store = store();
        byte[] shared = bytes("shared");
        put(store, shared);
        put(store, bytes("only"));
        put(store, bytes("stray"));
        String kept = manifest(store, entry("a", shared, true), entry("b", shared, false));
        String gone = manifest(store, entry("a", shared, false), entry("c", bytes("only"), false));
        store.complete(kept);
        store.complete(gone);
        store.open(new ContentRef(kept, ""));
        Path laid = store.open(new ContentRef(gone, ""));
        store.receive(
                sha(bytes("half")),
                "ada",
                new Part(0, 2, 4),
                new ByteArrayInputStream(bytes("ha")));
        // Files have the time of the clock on the wall until they are whole.
        now.set(now.get().plus(WEEK).minusSeconds(1));
        swept(store, Set.of(kept));
        assertThat(store.open(new ContentRef(gone, "c"))).hasContent("only");
        now.set(now.get().plus(WEEK).plusSeconds(1));
        swept(store, Set.of(kept));
        assertThat(laid).doesNotExist();
        now.set(now.get().plus(WEEK).plusSeconds(1));
        swept(store, Set.of(kept));
        assertThat(refusal(() -> store.open(new ContentRef(gone, ""))))
                .isEqualTo(Kind.CONTENT_NOT_FOUND);
        assertThat(store.received(sha(bytes("only")), "ada").complete()).isFalse();
        assertThat(store.received(sha(bytes("stray")), "ada").complete()).isFalse();
        assertThat(store.received(sha(bytes("half")), "ada").bytes()).isZero();
        assertThat(store.open(new ContentRef(kept, "a"))).hasContent("shared");
        assertThat(files("blobs")).isEqualTo(1);
        assertThat(files("programs")).isEqualTo(1);
        assertThat(files("folders")).isEqualTo(2);
        now.set(now.get().plus(WEEK).plusSeconds(1));
        swept(store, Set.of());
        now.set(now.get().plus(WEEK).plusSeconds(1));
        swept(store, Set.of());
        assertThat(files("")).isZero();
        put(store, shared);
    }

    @Test
    void aRoundThatIsBrokenOffAfterAnyStepHasRemovedNothingThatIsNeeded() throws Exception {
        ContentStore store = store();
        byte[] one = bytes("one");
        put(store, one);
        String kept = manifest(store, entry("a", one, false));
        store.complete(kept);
        for (int most = 0; most < 12; most++) {
            now.set(now.get().plus(WEEK.multipliedBy(2)));
            ContentSweep sweep = store().sweep(WEEK, kept::equals);
            for (int i = 0; i < most && sweep.step(); i++) {
                // A crash comes after so many steps.
            }
            assertThat(store().open(new ContentRef(kept, "a"))).hasContent("one");
        }
    }
}
