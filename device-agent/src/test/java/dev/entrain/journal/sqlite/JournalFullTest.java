package dev.entrain.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.JournalLimits;
import dev.entrain.journal.JournalLimits.GivesWay;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.RecordKind;
import dev.entrain.sqlite.NativeLibrary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when the journal's limit, or the disk, is full. */
class JournalFullTest {
    private static final JournalLimits SMALL = new JournalLimits(JournalLimits.LEAST_BYTES, 0);
    private static final RecordKind[] KINDS = RecordKind.values();

    @TempDir
    private Path folder;

    private final Counters counters = new Counters();
    private final Random random = new Random(5);
    private final Map<Long, RecordKind> given = new TreeMap<>();
    private int copies;

    private SqliteJournal open(Path state, JournalLimits limits) throws Exception {
        return SqliteJournal.open(state, limits, "a", () -> 0, () -> Instant.EPOCH, counters);
    }

    private long append(SqliteJournal journal, int count, @Nullable String session) {
        long seq = 0;
        for (int i = 0; i < count; i++) {
            RecordKind kind = KINDS[random.nextInt(KINDS.length - 1)]; // LOST is the journal's own.
            seq = journal.append(kind, session, i, new byte[500 + random.nextInt(300)]);
            given.put(seq, kind);
        }
        return seq;
    }

    private Map<Long, JournalReader.Kept> contents(Path state) throws Exception {
        Path to = Files.createDirectory(folder.resolve("copy" + ++copies));
        Map<Long, JournalReader.Kept> all = new TreeMap<>();
        try (JournalReader reader = SqliteJournal.openReadOnly(JournalSnapshot.copy(state, to))) {
            assertThat(reader.check()).isEmpty();
            for (JournalReader.Kept kept : reader.after(0, 1_000_000)) {
                all.put(kept.seq(), kept);
            }
            assertThat(reader.waiting())
                    .isEqualTo(
                            all.values().stream().filter(k -> !k.acknowledged()).count());
        }
        return all;
    }

    private static long bytes(Path state) throws Exception {
        long bytes = 0;
        for (String file : new String[] {"journal.db", "journal.db-wal", "journal.room"}) {
            bytes += Files.exists(state.resolve(file)) ? Files.size(state.resolve(file)) : 0;
        }
        return bytes;
    }

    private static GivesWay rank(RecordKind kind, long seq, long ackedSeq) {
        return JournalLimits.of(kind, seq, seq <= ackedSeq, Long.MAX_VALUE);
    }

    /** Whatever went, nothing that should have gone before it is still there. */
    private void assertRule(Map<Long, JournalReader.Kept> there, long ackedSeq, long seqBefore) {
        Map<GivesWay, Long> newestGone = new EnumMap<>(GivesWay.class);
        given.forEach((seq, kind) -> {
            if (!there.containsKey(seq)) {
                newestGone.merge(rank(kind, seq, ackedSeq), seq, Math::max);
            }
        });
        GivesWay last = newestGone.keySet().stream().max(GivesWay::compareTo).orElse(GivesWay.RAW);
        there.forEach((seq, kept) -> {
            if (seq > seqBefore) {
                return; // Room was made before it came.
            }
            GivesWay rank = rank(kept.kind(), seq, ackedSeq);
            assertThat(rank).as("rank of %d while %s gave way", seq, last).isGreaterThanOrEqualTo(last);
            assertThat(seq).isGreaterThan(newestGone.getOrDefault(rank, 0L));
        });
    }

    @Test
    void shouldLetRecordsGiveWayByTheRuleAndTellWhatTheClinicNeverHad() throws Exception {
        try (SqliteJournal journal = open(folder, SMALL)) {
            append(journal, 500, null);
            assertThat(journal.commit()).isTrue();
            long ackedSeq = append(journal, 500, null);
            assertThat(journal.commit()).isTrue();
            assertThat(journal.acknowledge("a", ackedSeq)).isTrue();
            boolean unacknowledgedWent = false;
            long seqBefore = 0;
            for (int i = 0; i < 160; i++) {
                long before = journal.lastSeq();
                long lost = counters.get(Counter.JOURNAL_RECORDS_LOST);
                append(journal, 100, null);
                assertThat(journal.commit()).isTrue();
                seqBefore = lost == counters.get(Counter.JOURNAL_RECORDS_LOST) ? seqBefore : before;
                assertThat(bytes(folder)).isLessThanOrEqualTo(SMALL.maxBytes());
                if (i % 20 == 19) {
                    Map<Long, JournalReader.Kept> there = contents(folder);
                    assertRule(there, ackedSeq, seqBefore);
                    unacknowledgedWent |= assertLostTold(there, ackedSeq, journal);
                }
            }
            assertThat(unacknowledgedWent).isTrue();
        }
    }

    private boolean assertLostTold(Map<Long, JournalReader.Kept> there, long ackedSeq, SqliteJournal journal)
            throws Exception {
        long gone = given.keySet().stream()
                .filter(seq -> seq > ackedSeq && !there.containsKey(seq))
                .count();
        long told = 0;
        for (JournalReader.Kept kept : there.values()) {
            if (kept.kind() == RecordKind.LOST) {
                JsonNode body = new ObjectMapper().readTree(kept.body());
                told += body.get("count").asLong();
                assertThat(body.get("from_seq").asLong())
                        .isLessThanOrEqualTo(body.get("to_seq").asLong());
                assertThat(body.get("kind_lost").asText()).isNotEmpty();
            }
        }
        assertThat(told).isEqualTo(gone).isEqualTo(counters.get(Counter.JOURNAL_RECORDS_LOST));
        assertThat(journal.waiting())
                .isEqualTo(
                        there.values().stream().filter(k -> !k.acknowledged()).count());
        return gone > 0;
    }

    @Test
    void shouldLetASessionInProgressGiveWayLastAndFirstWhatTheClinicHasOfIt() throws Exception {
        try (SqliteJournal journal = open(folder, SMALL)) {
            append(journal, 200, null);
            journal.putSession(new KeptSession("s", "a", 0, "{}", null, false));
            long first = append(journal, 1, "s");
            boolean therapyWent = false;
            for (int i = 0; i < 600 && !therapyWent; i++) {
                append(journal, 100, "s");
                assertThat(journal.commit()).as("commit %d", i).isTrue();
                therapyWent = i % 20 == 19
                        && !contents(folder)
                                .keySet()
                                .containsAll(given.keySet().stream()
                                        .filter(seq -> seq >= first
                                                && given.getOrDefault(seq, RecordKind.LOST)
                                                        .therapy())
                                        .toList());
            }
            assertThat(therapyWent).isTrue();
            assertThat(contents(folder).keySet()).as("the others went").allMatch(seq -> seq >= first);
            long acked = journal.lastSeq();
            assertThat(journal.acknowledge("a", acked)).isTrue();
            long before = counters.get(Counter.JOURNAL_RECORDS_LOST);
            for (int i = 0; i < 50; i++) { // As long as the clinic keeps up, nothing is lost.
                append(journal, 100, "s");
                assertThat(journal.commit()).isTrue();
            }
            assertThat(counters.get(Counter.JOURNAL_RECORDS_LOST)).isEqualTo(before);
            assertThat(contents(folder).keySet())
                    .containsAll(
                            given.keySet().stream().filter(seq -> seq > acked).toList());
            for (int i = 0; i < 300; i++) { // A clinic that is away for longer than the limit: never stuck.
                append(journal, 100, "s");
                assertThat(journal.commit()).isTrue();
            }
            assertThat(counters.get(Counter.JOURNAL_RECORDS_LOST)).isGreaterThan(before);
            assertThat(bytes(folder)).isLessThanOrEqualTo(SMALL.maxBytes());
        }
    }

    @Test
    void shouldKeepTherapyDataThatTheClinicLacksWhileAnythingElseCanGo() throws Exception {
        try (SqliteJournal journal = open(folder, SMALL)) {
            append(journal, 200, null);
            journal.putSession(new KeptSession("s", "a", 0, "{}", null, false));
            for (int i = 0; i < 300 && counters.get(Counter.JOURNAL_RECORDS_LOST) < 1000; i++) {
                append(journal, 100, "s");
                assertThat(journal.commit()).as("commit %d", i).isTrue();
            }
            assertThat(counters.get(Counter.JOURNAL_RECORDS_LOST)).isGreaterThanOrEqualTo(1000);
            List<Long> therapy = given.entrySet().stream()
                    .filter(one -> one.getValue().therapy())
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(contents(folder).keySet()).containsAll(therapy);
        }
    }

    @Test
    void shouldGiveFreshNumbersToWhatWasOvertakenByALostRecord() {
        Pending pending = new Pending(10);
        pending.append(RecordKind.STEP, null, 1, new byte[1], null);
        Pending.Batch batch = pending.take(3);
        pending.append(RecordKind.STEP, null, 2, new byte[1], null);
        pending.putBackAbove(batch);
        assertThat(pending.take(0).entries())
                .extracting(Pending.Entry::seq, Pending.Entry::timeNs)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(16L, 1L), org.assertj.core.api.Assertions.tuple(17L, 2L));
    }

    @Test
    void shouldTellWhatFellOutOfMemoryWhileTheDiskRefused() throws Exception {
        Pending pending = new Pending(0);
        for (int i = 0; i < Pending.MOST_RECORDS + 10; i++) {
            pending.append(i % 1000 == 5 ? RecordKind.GAP : RecordKind.STEP, null, i, new byte[1], null);
        }
        assertThat(pending.takeLost())
                .extracting(Pending.Lost::kind, Pending.Lost::count)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(RecordKind.STEP, 1L),
                        org.assertj.core.api.Assertions.tuple(RecordKind.GAP, 9L));
        assertThat(pending.take(0).entries()).hasSize(Pending.MOST_RECORDS);
        assertThat(pending.takeLost()).isEmpty();
    }

    @Test
    void shouldLoseNothingOnAFullDiskAndGoOnByDeletingWhatTheClinicHas() throws Exception {
        NativeLibrary.use(Files.createDirectory(folder.resolve("library")));
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=12m", "entrain-test", disk.toString()))
                .as("a disk of 12 MB can be mounted (root)")
                .isZero();
        try (SqliteJournal journal = open(disk, new JournalLimits(64 << 20, 0))) {
            long durable = 0;
            boolean fits = true;
            for (int i = 0; i < 500 && fits; i++) {
                append(journal, 50, null);
                fits = journal.commit();
                durable = fits ? journal.lastSeq() : durable;
            }
            assertThat(fits).isFalse();
            assertThat(contents(disk).keySet())
                    .containsAll(given.keySet().stream()
                            .filter(seq -> seq <= journal.lastSeq())
                            .toList());
            long full = journal.lastSeq();
            assertThat(full).isGreaterThanOrEqualTo(durable);
            assertThat(journal.acknowledge("a", full)).isTrue();
            assertThat(journal.commit()).isTrue();
            for (int i = 0; i < 100; i++) { // The clinic keeps up, so it goes on for ever.
                append(journal, 50, null);
                assertThat(journal.commit()).as("commit %d", i).isTrue();
                assertThat(journal.acknowledge("a", journal.lastSeq())).isTrue();
            }
            assertThat(counters.get(Counter.JOURNAL_RECORDS_LOST)).isZero();
            assertThat(counters.get(Counter.JOURNAL_WRITES_FAILED)).isPositive();
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void shouldGoOnWhenADiskThatOthersFilledHasSpaceAgain() throws Exception {
        NativeLibrary.use(Files.createDirectory(folder.resolve("library")));
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=12m", "entrain-test", disk.toString()))
                .as("a disk of 12 MB can be mounted (root)")
                .isZero();
        try (SqliteJournal journal = open(disk, new JournalLimits(64 << 20, 0))) {
            append(journal, 50, null);
            assertThat(journal.commit()).isTrue();
            Path filler = disk.resolve("filler");
            boolean fits = true;
            for (int i = 0; i < 300 && fits; i++) {
                fill(filler);
                append(journal, 50, null);
                fits = journal.commit();
            }
            assertThat(fits).isFalse();
            Files.delete(filler);
            assertThat(journal.commit()).isTrue();
            assertThat(contents(disk).keySet()).containsExactlyElementsOf(given.keySet());
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    private static void fill(Path filler) {
        byte[] some = "x".repeat(4096).getBytes(StandardCharsets.US_ASCII);
        try (var out = Files.newOutputStream(
                filler, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND)) {
            for (int i = 0; i < 4096; i++) {
                out.write(some);
            }
        } catch (java.io.IOException full) {
            assertThat(full).isNotNull();
        }
    }

    private static int run(String... command) throws Exception {
        try {
            return new ProcessBuilder(Arrays.asList(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (java.io.IOException noSuchCommand) {
            return -1;
        }
    }
}
