package dev.entrain.clinic.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.clinic.TestDatabase;
import dev.entrain.clinic.Unit;
import dev.entrain.clinic.ingest.HandIn;
import dev.entrain.clinic.ingest.HandIn.Message;
import dev.entrain.clinic.sql.Sql;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who no longer wants the clinic to know what he listens to is not to be asked twice. */
@ExtendWith(TestDatabase.class)
class ForgottenTitlesTest {
    private static final String CLOCK =
            "{\"v\":4,\"boot\":\"b\",\"after_seq\":0,\"seq\":1,\"t_ns\":0,\"utc\":\"2026-11-01T10:00:00Z\",\"error_s\":0.1}";
    private static final String SONG = "\"hash\":\"0123456789abcdef\",\"title\":\"Kettle märch\"";
    private static final String EVENTS = "{\"v\":4,\"boot\":\"b\",\"after_seq\":1,\"events\":["
            + "{\"seq\":2,\"kind\":\"song\",\"session\":\"%1$s\",\"t_ns\":6000000000,\"end_ns\":7000000000," + SONG
            + "},"
            + "{\"seq\":3,\"kind\":\"song\",\"t_ns\":6000000000,\"end_ns\":7000000000," + SONG + "}]}";
    private static final String ENDED = "{\"v\":4,\"boot\":\"b\",\"after_seq\":3,\"seq\":4,\"session\":\"%1$s\","
            + "\"state\":\"ended\",\"t_ns\":9000000000,\"started_ns\":5000000000,\"songs\":[7,{" + SONG
            + ",\"start_ns\":6000000000,\"end_ns\":7000000000}]}";
    private static final String BROKEN =
            "{\"v\":4,\"boot\":\"b\",\"after_seq\":4,\"events\":[{\"seq\":\"x\",\"back\":\"\\\\\",\"title\":\"Kettle \\\"ä\\\" \\\\\"}]}";

    private final Database database;
    private final HandIn handIn;
    private final Sql sql;

    ForgottenTitlesTest(Database database) {
        this.database = database;
        handIn = new HandIn(database);
        sql = new Sql(database.source());
    }

    @BeforeEach
    void patient() {
        sql.update("INSERT INTO patient (code) VALUES ('P-1'), ('P-2'), ('P-9') ON CONFLICT DO NOTHING");
        sql.update("DELETE FROM forgotten_titles");
    }

    @Test
    void shouldForgetWhateverOfASongHasATitle() throws Exception {
        assigned("whole", "P-9", "2000-01-01", null);
        tell("whole");
        assertThat(everything("whole")).contains("Kettle");

        assertThat(ForgottenTitles.forget(database, "P-9")).isEqualTo(1);

        assertThat(everything("whole"))
                .doesNotContain("Kettle")
                .contains("0123456789abcdef")
                .contains("{\"seq\":\"x\",\"back\":\"\\\\\",\"title\":null}");
        assertThat(one("SELECT ended->'songs'->>0 FROM session WHERE unit = 'whole'"))
                .as("what is no song stays, and stops nothing")
                .isEqualTo("7");
    }

    @Test
    void shouldStoreWhatComesLaterOrAgainWithoutTitlesAndCallNeitherAConflict() throws Exception {
        assigned("again", "P-1", "2000-01-01", null);
        assigned("late", "P-1", "2000-01-01", null);
        tell("again");
        ForgottenTitles.forget(database, "P-1");
        tell("again");
        tell("late");

        assertThat(everything("again") + everything("late")).doesNotContain("Kettle");
        assertThat(everything("late")).contains("0123456789abcdef");
        assertThat(one("SELECT count(*) FROM dead_letter WHERE reason = 'conflict'"))
                .isEqualTo("0");
        assertThat(one("SELECT count(*) FROM session_song JOIN session USING (session_id)"
                        + " WHERE title IS NULL AND unit IN ('again', 'late')"))
                .isEqualTo("2");
    }

    @Test
    void shouldTakeNothingFromWhoHadTheUnitBeforeOrAgreesAnew() throws Exception {
        assigned("shared", "P-2", "2000-01-01", "2026-11-15");
        assigned("shared", "P-1", "2026-11-15", null);
        assigned("anew", "P-1", "2000-01-01", "2026-11-02");
        ForgottenTitles.forget(database, "P-1");
        tell("shared");
        assertThat(one("SELECT title FROM session_song JOIN session USING (session_id) WHERE unit = 'shared'"))
                .isEqualTo("Kettle märch");

        assertThat(ForgottenTitles.remember(database, "P-1")).isEqualTo(1);
        assertThat(ForgottenTitles.remember(database, "P-1")).isZero();
        sql.update("UPDATE forgotten_titles SET until = '2026-10-31'");
        tell("anew");
        assertThat(everything("anew")).contains("Kettle");
    }

    @Test
    void shouldKeepNoTitleOfAMomentThatNobodyKnowsYet() throws Exception {
        assigned("unset", "P-1", "2000-01-01", null);
        ForgottenTitles.forget(database, "P-1");
        handIn.store(List.of(message("unset", "ev", EVENTS)));

        assertThat(everything("unset")).doesNotContain("Kettle").contains("0123456789abcdef");
    }

    private void assigned(String unit, String code, String from, @Nullable String to) {
        sql.update("INSERT INTO unit (unit) VALUES (?) ON CONFLICT DO NOTHING", new Unit(unit).name());
        sql.update(
                "INSERT INTO assignment (unit, code, from_utc, to_utc) VALUES (?, ?, ?::timestamptz, ?::timestamptz)",
                unit,
                code,
                from,
                to);
    }

    private void tell(String unit) throws Exception {
        List<Message> messages = new ArrayList<>();
        messages.add(message(unit, "clock", CLOCK));
        messages.add(message(unit, "ev", EVENTS));
        messages.add(message(unit, "session", ENDED));
        for (Message message : messages) {
            handIn.store(List.of(message));
        }
        Message broken = message(unit, "ev", BROKEN);
        DeadLetter letter =
                new DeadLetter(unit, broken.topic(), DeadLetter.Reason.BAD_RECORD, "no number", broken.payload());
        new RecordStore(database, LetterShelf.Bounds.USUAL)
                .store(
                        List.of(new Parcel(broken.topic(), broken.payload(), null, List.of(), List.of(letter))),
                        List.of());
    }

    private static Message message(String unit, String word, String body) {
        return new Message(
                "gait/v1/" + unit + "/up/" + word,
                body.formatted("walk-" + unit).getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable String one(String query) {
        return sql.first(query, row -> row.getString(1));
    }

    private String everything(String unit) {
        return String.join("\n", sql.query("""
                        SELECT r.body::text FROM record r JOIN boot b USING (boot_id) WHERE b.unit = ?
                        UNION ALL SELECT concat(s.started, s.ended, g.title) FROM session s LEFT JOIN session_song g USING (session_id)
                        WHERE s.unit = ?
                        UNION ALL SELECT convert_from(payload, 'UTF8') FROM dead_letter WHERE unit = ?""", row -> row.getString(1), unit, unit, unit));
    }
}
