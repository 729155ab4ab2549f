package dev.entrain.clinic.ingest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.clinic.store.DeadLetter;
import dev.entrain.clinic.store.DeadLetter.Reason;
import dev.entrain.clinic.store.NewRecord;
import dev.entrain.clinic.store.NewRecord.Ended;
import dev.entrain.clinic.store.NewSong;
import dev.entrain.clinic.store.Parcel;
import dev.entrain.clinic.store.Parcel.Coverage;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageReaderTest {
    private final MessageReader reader = new MessageReader();

    @Test
    void shouldTakeARecordApart() {
        Parcel parcel = parcel("ev", """
                {"v":9,"boot":"b","after_seq":4,"later":1,"events":[
                 {"seq":6,"kind":"step","session":"s-1","t_ns":12,"foot":"L","confidence":0.930},
                 {"seq":9,"kind":"a_later_kind","t_ns":13}]}""");
        assertThat(parcel.letters()).isEmpty();
        assertThat(parcel.coverage()).isNotNull().satisfies(coverage -> {
            assertThat(coverage.afterSeq()).isEqualTo(4);
            assertThat(coverage.lastSeq()).isEqualTo(9);
        });
        assertThat(parcel.records())
                .first()
                .isEqualTo(new NewRecord(6, "step", "s-1", 12L, "{\"foot\":\"L\",\"confidence\":0.930}", null));
    }

    @Test
    void shouldReadASessionsEnd() {
        Parcel parcel = parcel("session", """
                {"v":3,"boot":"b","after_seq":0,"seq":3,"session":"w","t_ns":9,"state":"ended","programme":"p",
                 "condition":"c","simulated":false,"started_ns":2,"end":"completed","walked_s":7,"cued_s":5,"blocks":[]}""");
        assertThat(parcel.records()).first().satisfies(record -> {
            assertThat(record.kind()).isEqualTo("session");
            assertThat(record.facts()).isInstanceOf(Ended.class);
            assertThat(record.body()).contains("\"state\":\"ended\"").doesNotContain("after_seq");
        });
    }

    @Test
    void shouldReadTheSongsOfASessionsEndAndLeaveOutWhatIsNone() {
        String figures = "\"metrics\":{\"locked_fraction\":{\"value\":0.9,\"n\":11,\"x\":[]},\"BAD\":{\"n\":1}}";
        Parcel parcel = parcel("session", """
                {"v":5,"boot":"b","after_seq":0,"seq":3,"session":"w","t_ns":9,"state":"ended","programme":"p",
                 "simulated":false,"started_ns":2000000000,"end":"completed","walked_s":7,"cued_s":5,"blocks":[],"songs":[
                 {"hash":"0123456789abcdef","title":"<b>\\u0007Hey</b>","start_ns":3000000000,"end_ns":5500000000,"liked":true,
                  "steps":4,"ended":"bored of it",%s},
                 {"hash":"XYZ","start_ns":1,"end_ns":2},{"hash":"0123456789abcdef","start_ns":2,"end_ns":1},7,
                 {"hash":"0123456789abcdef","start_ns":2,"end_ns":1e99},
                 {"hash":"fedcba9876543210","start_ns":-5,"end_ns":5,"steps":-4}]}""".formatted(figures));
        assertThat(parcel.letters()).isEmpty();
        assertThat(parcel.records().getFirst().facts())
                .isInstanceOfSatisfying(
                        Ended.class,
                        ended -> assertThat(ended.songs())
                                .containsExactly(new NewSong(
                                        "0123456789abcdef",
                                        "<b>Hey</b>",
                                        1,
                                        3.5,
                                        null,
                                        4,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        true,
                                        "{\"locked_fraction\":{\"value\":0.9,\"n\":11}}")));
    }

    @ParameterizedTest
    @CsvSource({"'\\u0007\\u202e ', ", "'a\\u202eb\\u2028c', 'abc'", "'\\u06cc\\u200c\\u06a9', '\u06cc\u200c\u06a9'"})
    void shouldTakeATitleThatShowsNothingForNone(String told, @Nullable String title) {
        Parcel parcel = parcel("session", """
                {"v":5,"boot":"b","after_seq":0,"seq":3,"session":"w","t_ns":9,"state":"ended","programme":"p","started_ns":1,
                 "songs":[{"hash":"0123456789abcdef","title":"%s","start_ns":3,"end_ns":5}]}""".formatted(told));
        assertThat(parcel.records().getFirst().facts())
                .isInstanceOfSatisfying(
                        Ended.class,
                        ended -> assertThat(ended.songs().getFirst().title()).isEqualTo(title));
    }

    @Test
    void shouldKeepAPoisonedRecordAndStoreTheOthers() {
        Parcel parcel = parcel("ev", """
                {"v":3,"boot":"b","after_seq":0,"events":[{"seq":1,"kind":"step","t_ns":1},
                 {"seq":2,"kind":"STEP","t_ns":1},{"seq":3,"kind":"step","x":"\\u0000"},{"seq":4,"kind":"step","x":"\\ud800"}]}""");
        assertThat(parcel.records()).extracting(NewRecord::seq).containsExactly(1L);
        assertThat(parcel.letters()).extracting(DeadLetter::reason).containsOnly(Reason.BAD_RECORD);
        assertThat(parcel.letters()).hasSize(3);
        assertThat(coverage(parcel).lastSeq()).isEqualTo(4);
    }

    @Test
    void shouldStillSeeWhatAMessageCoversWhoseInnerIsNoJson() {
        Parcel parcel = parcel("ev", """
                {"v":3,"boot":"b","after_seq":5,"events":[{"seq":6,"kind":"step"},{"seq":7,"kind":"step",oops},{"seq":9}]}""");
        assertThat(parcel.records()).isEmpty();
        assertThat(parcel.letters()).extracting(DeadLetter::reason).containsExactly(Reason.NOT_JSON);
        assertThat(coverage(parcel).afterSeq()).isEqualTo(5);
        assertThat(coverage(parcel).lastSeq()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ev|[]|NOT_JSON",
                "ev|nonsense|NOT_JSON",
                "ev|{\"boot\":\"b\",\"boot\":\"c\",\"after_seq\":0}|NOT_JSON",
                "ev|{\"v\":3}|BAD_FIELD",
                "ev|{\"boot\":\"b\",\"after_seq\":-1,\"events\":[{\"seq\":1}]}|BAD_FIELD",
                "ev|{\"boot\":\"b\",\"after_seq\":0,\"events\":[]}|BAD_FIELD",
                "ev|{\"boot\":\"b\",\"after_seq\":1.5,\"events\":[{}]}|BAD_FIELD",
                "birth|{\"v\":3}|BAD_FIELD",
                "status|{\"boot\":\"b\",\"state\":\"online\"}|BAD_FIELD"
            })
    void shouldNotAcknowledgeWhatDoesNotSayWhatItCovers(String word, String text, Reason reason) {
        Parcel parcel = parcel(word, text);
        assertThat(parcel.coverage()).isNull();
        assertThat(parcel.letters()).extracting(DeadLetter::reason).containsExactly(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clock|'\"t_ns\":1000000000000000000,\"utc\":\"2026-11-23T10:00:00Z\",\"error_s\":1'",
                "timing|'\"t_ns\":-9223372036854775807'",
                "session|'\"session\":\"s\",\"t_ns\":1,\"state\":\"ended\",\"started_ns\":-9223372036854775807'"
            })
    void shouldTakeNoTimeWhoseDistanceToAnotherATableCantHold(String word, String fields) {
        Parcel parcel = parcel(word, "{\"boot\":\"b\",\"after_seq\":0,\"seq\":1," + fields + "}");
        assertThat(parcel.records()).isEmpty();
        assertThat(parcel.letters()).extracting(DeadLetter::reason).containsExactly(Reason.BAD_RECORD);
        assertThat(coverage(parcel).lastSeq()).isEqualTo(1);
    }

    @Test
    void shouldKeepTheHeadOfWhatIsTooLargeAndATopicWithoutAUnit() {
        Parcel large = requireNonNull(reader.read("gait/v1/u/up/ev", new byte[MessageReader.LARGEST + 1])
                .parcel());
        Parcel nobody =
                requireNonNull(reader.read("gait/v1/U/up/ev", new byte[3]).parcel());
        assertThat(large.letters()).first().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(letter.payload()).hasSize(64 << 10);
        });
        assertThat(nobody.letters()).extracting(DeadLetter::reason).containsExactly(Reason.BAD_UNIT);
    }

    @Test
    void shouldNeverFailWhateverComes() {
        Random random = new Random(7);
        byte[] good = """
                {"v":3,"boot":"b","after_seq":5,"events":[{"seq":6,"kind":"step","session":"s","t_ns":4,"x":[1e999999,null]}]}""".getBytes(StandardCharsets.UTF_8);
        String[] words = {"ev", "session", "clock", "timing", "birth", "status", "answer", "log", "other"};
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = good.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(32, 127);
            }
            Parcel parcel =
                    reader.read("gait/v1/u/up/" + words[i % words.length], bad).parcel();
            if (parcel != null && parcel.coverage() != null) {
                assertThat(parcel.records().size() + parcel.letters().size())
                        .as(new String(bad, StandardCharsets.UTF_8))
                        .isPositive();
            }
        }
    }

    private Parcel parcel(String word, String text) {
        return requireNonNull(reader.read("gait/v1/u/up/" + word, text.getBytes(StandardCharsets.UTF_8))
                .parcel());
    }

    private static Coverage coverage(Parcel parcel) {
        return requireNonNull(parcel.coverage());
    }
}
