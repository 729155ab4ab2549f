package dev.entrain.clinic.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.clinic.Unit;
import dev.entrain.clinic.store.DeadLetter.Reason;
import dev.entrain.clinic.store.NewRecord.ClockFact;
import dev.entrain.clinic.store.NewRecord.Ended;
import dev.entrain.clinic.store.NewRecord.Plan;
import dev.entrain.clinic.store.NewRecord.Started;
import dev.entrain.clinic.store.Parcel.Coverage;
import dev.entrain.clinic.store.UnitNews.Kind;
import dev.entrain.clinic.store.UnitNews.Newest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordStoreTest {
    private static final Plan NOTHING_PLANNED = new Plan("metronome", "cued", false, 3.0, 600.0);

    private EmbeddedDatabase server;
    private Database database;

    @BeforeAll
    void start() throws Exception {
        server = EmbeddedDatabase.temporary();
        database = Database.open(server.config());
    }

    @AfterAll
    void end() {
        database.close();
        server.close();
    }

    /** Every message comes shuffled, repeated, split otherwise, over three receivers at once; the model is a plain set. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldStoreOnceAndAcknowledgeOnlyWhatIsStored(long seed) throws Exception {
        Random random = new Random(seed);
        Map<BootKey, List<Long>> model = new TreeMap<>();
        List<Parcel> parcels = new ArrayList<>();
        for (int unit = 0; unit < 4; unit++) {
            for (int boot = 0; boot < 2; boot++) {
                BootKey key = new BootKey(new Unit("s" + seed + "-" + unit), "b" + boot);
                List<Long> seqs = new ArrayList<>();
                long seq = 0;
                for (int i = 0; i < 60; i++) {
                    seq += 1 + random.nextInt(3);
                    seqs.add(seq);
                }
                model.put(key, seqs);
                for (int times = 0; times < 3; times++) {
                    parcels.addAll(split(key, seqs, random));
                }
            }
        }
        Collections.shuffle(parcels, random);
        ConcurrentLinkedQueue<Parcel> queue = new ConcurrentLinkedQueue<>(parcels);
        try (ExecutorService receivers = Executors.newFixedThreadPool(3)) {
            List<Future<Integer>> ends = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                long ownSeed = random.nextLong();
                ends.add(receivers.submit(() -> receive(queue, model, new Random(ownSeed))));
            }
            int fresh = 0;
            for (Future<Integer> end : ends) {
                fresh += end.get(60, TimeUnit.SECONDS);
            }
            assertThat(fresh).as("seed %d", seed).isEqualTo(8 * 60);
        }
        Stored last = new RecordStore(database, LetterShelf.Bounds.USUAL)
                .store(
                        model.entrySet().stream()
                                .map(e -> repeated(e.getKey(), e.getValue()))
                                .toList(),
                        List.of());
        assertThat(last.fresh()).isZero();
        assertThat(last.letters()).isEmpty();
        model.forEach((key, seqs) -> assertThat(last.upTo()).containsEntry(key, seqs.getLast()));
    }

    @Test
    void shouldKeepAConflictAndTheFirstContent() throws Exception {
        BootKey key = new BootKey(new Unit("conflict"), "b");
        RecordStore store = new RecordStore(database, LetterShelf.Bounds.USUAL);
        store.store(List.of(parcel(key, 0, record(1, "{\"a\":1}"))), List.of());
        Stored other = store.store(List.of(parcel(key, 0, record(1, "{\"a\":2}"))), List.of());
        Stored same = store.store(List.of(parcel(key, 0, record(1, "{ \"a\": 1 }"))), List.of());
        assertThat(other.letters()).extracting(DeadLetter::reason).containsExactly(Reason.CONFLICT);
        assertThat(other.upTo()).containsEntry(key, 1L);
        assertThat(same.letters()).isEmpty();
        assertThat(text("SELECT body FROM record JOIN boot USING (boot_id) WHERE unit = 'conflict'"))
                .isEqualTo("{\"a\": 1}");
        assertThat(text("SELECT convert_from(payload, 'UTF8') FROM dead_letter WHERE unit = 'conflict'"))
                .contains("\"a\":2");
    }

    @Test
    void shouldLeaveAMessageToItsUnitWhenItsLettersHaveNoRoom() throws Exception {
        BootKey key = new BootKey(new Unit("full"), "b");
        RecordStore store = new RecordStore(database, new LetterShelf.Bounds(1, 1_000_000));
        Stored first = store.store(List.of(poisoned(key, 0, 1)), List.of());
        Stored second = store.store(
                List.of(poisoned(key, 1, 2), parcel(key, 0, record(3, "{}")), parcel(key, 3, record(4, "{}"))),
                List.of());
        assertThat(first.upTo()).containsEntry(key, 1L);
        assertThat(second.full()).hasSize(1);
        assertThat(second.fresh()).isEqualTo(2);
        assertThat(text("SELECT count(*) FROM dead_letter WHERE unit = 'full'")).isEqualTo("1");
    }

    @Test
    void shouldNotAcknowledgeOverAHole() throws Exception {
        BootKey key = new BootKey(new Unit("hole"), "b");
        RecordStore store = new RecordStore(database, LetterShelf.Bounds.USUAL);
        assertThat(store.store(List.of(parcel(key, 7, record(9, "{}"))), List.of())
                        .upTo())
                .containsEntry(key, 0L);
        assertThat(store.store(List.of(parcel(key, 0, record(5, "{}"))), List.of())
                        .upTo())
                .containsEntry(key, 5L);
        assertThat(store.store(List.of(parcel(key, 5, record(7, "{}"))), List.of())
                        .upTo())
                .containsEntry(key, 9L);
    }

    @Test
    void shouldStoreARecordThatWasSaidToHaveGivenWay() throws Exception {
        BootKey key = new BootKey(new Unit("gave-way"), "b");
        RecordStore store = new RecordStore(database, LetterShelf.Bounds.USUAL);
        store.store(List.of(parcel(key, 0, record(9, "{}"))), List.of());
        Stored late = store.store(List.of(parcel(key, 0, record(4, "{}"))), List.of());
        assertThat(late.fresh()).isEqualTo(1);
        assertThat(late.letters()).isEmpty();
    }

    @Test
    void shouldTellUtcByTheClockRecordThatPromisesTheLeastError() throws Exception {
        BootKey key = new BootKey(new Unit("clock"), "b");
        RecordStore store = new RecordStore(database, LetterShelf.Bounds.USUAL);
        Instant wrong = Instant.parse("2024-01-01T00:00:00Z");
        Instant right = Instant.parse("2026-11-23T10:00:10Z");
        NewRecord started = new NewRecord(2, "session", "walk", 4_000_000_000L, "{}", new Started(NOTHING_PLANNED));
        NewRecord ended = new NewRecord(
                4,
                "session",
                "walk",
                9_000_000_000L,
                "{}",
                new Ended(NOTHING_PLANNED, 4_000_000_000L, "completed", 300.0, 200.0, List.of()));
        store.store(List.of(parcel(key, 0, clock(1, 0, wrong, 3600), started)), List.of());
        assertThat(text("SELECT started_utc AT TIME ZONE 'UTC' FROM session_utc WHERE unit = 'clock'"))
                .startsWith("2024-01-01 00:00:04");
        store.store(List.of(parcel(key, 2, clock(3, 10_000_000_000L, right, 0.01), ended)), List.of());
        assertThat(text("SELECT started_utc AT TIME ZONE 'UTC' FROM session_utc WHERE unit = 'clock'"))
                .startsWith("2026-11-23 10:00:04");
        assertThat(text("SELECT end_reason || ' ' || walked_s FROM session_utc WHERE unit = 'clock'"))
                .isEqualTo("completed 300");
    }

    @Test
    void shouldKeepTheSongsOfASessionOnceAndForgetTheirTitles() throws Exception {
        BootKey key = new BootKey(new Unit("music"), "b");
        RecordStore store = new RecordStore(database, LetterShelf.Bounds.USUAL);
        NewSong song = new NewSong(
                "0123456789abcdef", "Kettle march", 10, 190.5, 170.0, 300, 320, 4, 250, 1.5, -3.0, "end", true, "{}");
        NewSong untitled = new NewSong(
                "fedcba9876543210", null, 190.5, 200, null, null, null, null, null, null, null, null, false, "{}");
        NewRecord ended = new NewRecord(
                2,
                "session",
                "walk-2",
                9_000_000_000L,
                "{\"songs\":[{\"hash\":\"0123456789abcdef\",\"title\":\"Kettle march\"},{\"hash\":\"fedcba9876543210\"}]}",
                new Ended(NOTHING_PLANNED, 1L, "completed", 300.0, 200.0, List.of(song, untitled)));
        NewRecord told = new NewRecord(
                1, "song", "walk-2", 10L, "{\"hash\":\"0123456789abcdef\",\"title\":\"Kettle march\"}", null);
        store.store(List.of(parcel(key, 0, told, ended)), List.of());
        Stored again = store.store(List.of(parcel(key, 0, told, ended)), List.of());

        assertThat(again.fresh()).isZero();
        assertThat(text("SELECT string_agg(place || ' ' || hash || ' ' || coalesce(title, '-') || ' ' || liked, ', '"
                        + " ORDER BY place) FROM session_song"))
                .isEqualTo("0 0123456789abcdef Kettle march true, 1 fedcba9876543210 - false");

        text("INSERT INTO patient (code) VALUES ('P-1') RETURNING code");
        text("INSERT INTO assignment (unit, code, from_utc) VALUES ('music', 'P-1', '2000-01-01') RETURNING code");
        assertThat(text("SELECT forget_titles('P-1')")).isEqualTo("1");
        assertThat(
                        text(
                                "SELECT string_agg(body::text, '') FROM record r JOIN boot b USING (boot_id) WHERE unit = 'music'"))
                .doesNotContain("Kettle")
                .contains("0123456789abcdef");
        assertThat(text("SELECT ended::text FROM session WHERE unit = 'music'"))
                .doesNotContain("Kettle")
                .contains("fedcba9876543210");
        assertThat(text("SELECT count(*) FROM session_song WHERE title IS NOT NULL"))
                .isEqualTo("0");
        text(
                "DELETE FROM record WHERE session_id = (SELECT session_id FROM session WHERE unit = 'music') AND true RETURNING seq");
        text("DELETE FROM session WHERE unit = 'music' RETURNING session");
        assertThat(text("SELECT count(*) FROM session_song"))
                .as("songs go with their session")
                .isEqualTo("0");
    }

    @Test
    void shouldNotLetALateLastWillOfAnEarlierConnectionHideAUnitThatIsThere() throws Exception {
        Unit unit = new Unit("will");
        RecordStore store = new RecordStore(database, LetterShelf.Bounds.USUAL);
        store.store(List.of(), List.of(status(unit, "b1", 1, "online")));
        store.store(List.of(), List.of(status(unit, "b2", 1, "online")));
        store.store(List.of(), List.of(status(unit, "b2", 2, "online")));
        store.store(List.of(), List.of(status(unit, "b2", 1, "offline")));
        store.store(List.of(), List.of(status(unit, "b1", 7, "offline")));
        assertThat(text("SELECT status ->> 'state' FROM unit_status WHERE unit = 'will'"))
                .isEqualTo("online");
        store.store(List.of(), List.of(status(unit, "b2", 2, "offline")));
        assertThat(text("SELECT status ->> 'state' FROM unit_status WHERE unit = 'will'"))
                .isEqualTo("offline");
    }

    private int receive(ConcurrentLinkedQueue<Parcel> queue, Map<BootKey, List<Long>> model, Random random)
            throws SQLException {
        RecordStore store = new RecordStore(database, LetterShelf.Bounds.USUAL);
        int fresh = 0;
        for (Parcel first = queue.poll(); first != null; first = queue.poll()) {
            List<Parcel> batch = new ArrayList<>(List.of(first));
            for (int more = random.nextInt(6); more > 0 && !queue.isEmpty(); more--) {
                Parcel next = queue.poll();
                if (next != null) {
                    batch.add(next);
                }
            }
            Stored stored = store.store(batch, List.of());
            fresh += stored.fresh();
            assertThat(stored.letters()).isEmpty();
            for (Map.Entry<BootKey, Long> upTo : stored.upTo().entrySet()) {
                long expected = model.getOrDefault(upTo.getKey(), List.of()).stream()
                        .filter(seq -> seq <= upTo.getValue())
                        .count();
                assertThat(text("SELECT count(*) FROM record JOIN boot USING (boot_id) WHERE unit = '"
                                + upTo.getKey().unit().name() + "' AND boot = '"
                                + upTo.getKey().boot()
                                + "' AND seq <= " + upTo.getValue()))
                        .isEqualTo(Long.toString(expected));
            }
        }
        return fresh;
    }

    private static List<Parcel> split(BootKey key, List<Long> seqs, Random random) {
        List<Parcel> parcels = new ArrayList<>();
        for (int from = 0; from < seqs.size(); ) {
            int to = Math.min(seqs.size(), from + 1 + random.nextInt(12));
            List<NewRecord> records = seqs.subList(from, to).stream()
                    .map(seq -> record(seq, "{\"n\":" + seq + "}"))
                    .toList();
            long after = from == 0 ? 0 : seqs.get(from - 1);
            parcels.add(new Parcel("t", new byte[0], new Coverage(key, after, seqs.get(to - 1)), records, List.of()));
            from = to;
        }
        return parcels;
    }

    private static Parcel repeated(BootKey key, List<Long> seqs) {
        return parcel(
                key,
                0,
                seqs.stream().map(seq -> record(seq, "{\"n\":" + seq + "}")).toArray(NewRecord[]::new));
    }

    private static Parcel poisoned(BootKey key, long after, long last) {
        DeadLetter letter = new DeadLetter(
                key.unit().name(),
                "t",
                Reason.BAD_RECORD,
                "",
                Long.toString(last).getBytes(StandardCharsets.UTF_8));
        return new Parcel("t", new byte[0], new Coverage(key, after, last), List.of(), List.of(letter));
    }

    private static Parcel parcel(BootKey key, long after, NewRecord... records) {
        long last = records[records.length - 1].seq();
        return new Parcel("t", new byte[0], new Coverage(key, after, last), List.of(records), List.of());
    }

    private static NewRecord record(long seq, String body) {
        return new NewRecord(seq, "step", seq % 2 == 0 ? "walk" : null, seq * 1000, body, null);
    }

    private static NewRecord clock(long seq, long timeNs, Instant utc, double errorS) {
        return new NewRecord(seq, "clock", null, timeNs, "{}", new ClockFact(timeNs, utc, errorS));
    }

    @Test
    void shouldKeepTheNewestAnswersAndLogsOfAUnit() throws Exception {
        Unit unit = new Unit("talker");
        RecordStore talk = new RecordStore(database, LetterShelf.Bounds.USUAL);
        List<UnitNews> news = new ArrayList<>();
        for (long id = 1; id <= 1_005; id++) {
            news.add(new UnitNews.Answer(unit, "b", id, "{\"id\":" + id + "}"));
        }
        talk.store(List.of(), news);
        for (long id = 1; id <= 12; id++) {
            talk.store(List.of(), List.of(new UnitNews.LogPart(unit, "b", id, 1, 2, "x")));
        }

        assertThat(text("SELECT count(*) || ' ' || min(id) FROM answer WHERE unit = 'talker'"))
                .isEqualTo("1000 6");
        assertThat(text("SELECT count(*) || ' ' || min(id) FROM log_part WHERE unit = 'talker'"))
                .isEqualTo("10 3");
    }

    private static UnitNews status(Unit unit, String boot, long conn, String state) {
        return new Newest(unit, Kind.STATUS, boot, conn, "{\"state\":\"" + state + "\",\"conn\":" + conn + "}");
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).as(sql).isTrue();
            return row.getString(1);
        }
    }
}
